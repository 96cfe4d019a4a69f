// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.port.FeatureRules;
import io.theseus.port.FeatureRules.Ruled;
import io.theseus.port.FeatureRules.RuledBundle;
import io.theseus.release.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.internal.service.FeaturesProcessorImpl;
import org.apache.karaf.features.internal.service.RepositoryCacheImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By Karaf's own code, with its own files. */
class RulesTest {
    private static final String NS = "xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'";
    private static final String FEATURES = """
            <features name='shop' %s>
              <feature name='shop' version='2.0.0'>
                <feature>parts</feature>
                <feature version='[1,2)'>extras</feature>
                <bundle start-level='70'> mvn:a/ledger/2.0.0 </bundle>
                <bundle start='false'>mvn:a/dark/1.0.0</bundle>
                <bundle dependency='true'>mvn:a/api/1.1.0</bundle>
                <conditional>
                  <condition>scr</condition>
                  <bundle>mvn:a/dark/1.0.0</bundle>
                </conditional>
                <conditional>
                  <condition>parts</condition>
                  <bundle>mvn:a/late/1.0.0</bundle>
                </conditional>
              </feature>
              <feature name='parts' version='1.0.0'><bundle>mvn:a/parts/1.0.0</bundle></feature>
              <feature name='old' version='1.0.0'><bundle>mvn:a/old/1.0.0</bundle></feature>
            </features>
            """.formatted(NS);
    private static final String RULES = """
            <featuresProcessing xmlns="http://karaf.apache.org/xmlns/features-processing/v1.0.0" xmlns:f="http://karaf.apache.org/xmlns/features/v1.6.0">
              <blacklistedRepositories><repository>file:*barred.xml</repository></blacklistedRepositories>
              <blacklistedFeatures><feature>p*</feature></blacklistedFeatures>
              <blacklistedBundles><bundle>mvn:a/dark</bundle></blacklistedBundles>
              <overrideBundleDependency><bundle uri="mvn:a/late" dependency="true"/></overrideBundleDependency>
              <bundleReplacements>
                <bundle mode="maven" originalUri="mvn:a/api/[1,2)" replacement="mvn:b/api/9"/>
              </bundleReplacements>
              <featureReplacements>
                <replacement mode="merge"><feature name="shop" version="2.0.0"><f:bundle start-level="65">mvn:a/patch/1</f:bundle></feature></replacement>
                <replacement mode="replace"><feature name="old" version="1.0.0"><f:bundle>mvn:a/new/1</f:bundle></feature></replacement>
              </featureReplacements>
            </featuresProcessing>
            """;

    private final KarafRequirements requirements = new KarafRequirements();

    @TempDir
    Path folder;

    @Test
    void areWhatKarafMakesOfARepository() throws IOException {
        FeatureRules rules = read(RULES, "", "mvn:a/ledger/2.0.1", "shop.xml");

        assertThat(rules.barred()).isFalse();
        assertThat(rules.features()).hasSize(3);
        Ruled shop = rules.features().get(0);
        assertThat(shop)
                .isEqualTo(new Ruled(
                        false,
                        false,
                        List.of(
                                new RuledBundle(
                                        "mvn:a/ledger/2.0.0", "mvn:a/ledger/2.0.1", true, false, false, true, 70),
                                new RuledBundle("mvn:a/dark/1.0.0", "mvn:a/dark/1.0.0", false, true, false, false, 0),
                                new RuledBundle("mvn:a/api/1.1.0", "mvn:b/api/9", false, false, true, true, 0),
                                new RuledBundle("mvn:a/patch/1", "mvn:a/patch/1", false, false, false, true, 65)),
                        List.of(true, false),
                        List.of(
                                new Ruled(
                                        false,
                                        false,
                                        List.of(new RuledBundle(
                                                "mvn:a/dark/1.0.0", "mvn:a/dark/1.0.0", false, true, false, true, 0)),
                                        List.of(),
                                        List.of()),
                                new Ruled(
                                        true,
                                        false,
                                        List.of(new RuledBundle(
                                                "mvn:a/late/1.0.0", "mvn:a/late/1.0.0", false, false, true, true, 0)),
                                        List.of(),
                                        List.of()))));
        assertThat(rules.features().get(1).barred()).isTrue();
        assertThat(rules.features().get(1).replaced()).isFalse();
        assertThat(rules.features().get(2).replaced()).isTrue();
    }

    @Test
    void areThoseOfTheOlderFilesToo() throws IOException {
        FeatureRules rules = read("", "extras;range=\"[1,2)\"\nmvn:a/parts/1.0.0", "", "shop.xml");

        assertThat(rules.features().get(1).bundles().get(0).barred()).isTrue();
        assertThat(rules.features()).noneMatch(Ruled::replaced);
    }

    @Test
    void aRepositoryOnTheBlackListIsNotRead() throws IOException {
        assertThat(read(RULES, "", "", "barred.xml")).isEqualTo(new FeatureRules(true, List.of()));
    }

    @Test
    void whatKarafCanNotReadIsRefusedWithWhatItSays() throws IOException {
        Path file =
                Files.writeString(folder.resolve("bad.xml"), FEATURES.replace("<feature>parts</feature>", "<fea/>"));
        serve("", "", "");

        assertThatThrownBy(() -> requirements.rules(file.toUri()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("bad.xml")
                .hasMessageContaining("Karaf can not read it: cvc-")
                .hasMessageContaining("fea");
    }

    private FeatureRules read(String rules, String blacklisted, String overrides, String name) throws IOException {
        serve(rules, blacklisted, overrides);
        return requirements.rules(
                Files.writeString(folder.resolve(name), FEATURES).toUri());
    }

    private void serve(String rules, String blacklisted, String overrides) throws IOException {
        RepositoryCacheImpl cache = new RepositoryCacheImpl(new FeaturesProcessorImpl(
                rules.isEmpty() ? null : uri("org.apache.karaf.features.xml", rules),
                uri("versions.properties", ""),
                uri("blacklisted.properties", blacklisted),
                uri("overrides.properties", overrides)));
        requirements.features = FeaturesService.class.cast(java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {FeaturesService.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("createRepository");
                    return cache.create((URI) arguments[0], true);
                }));
    }

    private String uri(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toUri().toString();
    }
}
