// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.BundleSpec;
import io.theseus.release.BundleSpec.Role;
import io.theseus.release.Features;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.StartType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class FeaturesXmlTest {
    private static final Version ONE = new Version("1.0.0");

    @Test
    void theFirstFeatureHasTheBundlesAndTheOthersIncludeIt() {
        Release release = new Release(
                new ReleaseId("shop", new Version("2.0.0.pricing-1_1_0")),
                List.of(
                        new BundleSpec(
                                "ledger", ONE, "mvn:a/ledger/1.0.0", "ab12", 80, Role.APPLICATION, StartType.REQUIRED),
                        new BundleSpec(
                                "audit", ONE, "mvn:a/audit/1.0.0", "cd34", 85, Role.APPLICATION, StartType.OPTIONAL),
                        new BundleSpec("spare", ONE, "mvn:a/spare/1.0.0", "ef56", 80, Role.LIBRARY, StartType.LOADED)));
        Features features = new Features(
                "",
                List.of("shop/2.0.0.pricing-1_1_0", "extras/2.0.0.pricing-1_1_0"),
                List.of("scr", "http-whiteboard/[4.4,5)"),
                List.of("mvn:a/parts/1/xml/features", "http://localhost/a?b&c"),
                Map.of("shop.prices", "tea = <250>"),
                Map.of("${karaf.etc}/shop.cfg", "0123", "shop/tom&jerry's.txt", "4567"));

        assertThat(FeaturesXml.print(
                        release,
                        features,
                        sha256 -> URI.create("file:///it's/" + sha256 + ".jar"),
                        sha256 -> URI.create("file:///files/" + sha256)))
                .isEqualTo("""
                        <?xml version='1.0' encoding='UTF-8'?>
                        <!-- Written by Theseus, so that Karaf requires the release that is permanent. -->
                        <features name='shop-2.0.0.pricing-1_1_0' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>
                          <repository>mvn:a/parts/1/xml/features</repository>
                          <repository>http://localhost/a?b&amp;c</repository>
                          <feature name='shop' version='2.0.0.pricing-1_1_0'>
                            <feature>scr</feature>
                            <feature version='[4.4,5)'>http-whiteboard</feature>
                            <bundle start-level='80' start='true'>file:///it&apos;s/ab12.jar</bundle>
                            <bundle start-level='85' start='true'>file:///it&apos;s/cd34.jar</bundle>
                            <bundle start-level='80' start='false'>file:///it&apos;s/ef56.jar</bundle>
                            <config name='shop.prices'>
                        tea = &lt;250>
                            </config>
                            <configfile finalname='${karaf.etc}/shop.cfg'>file:///files/0123</configfile>
                            <configfile finalname='shop/tom&amp;jerry&apos;s.txt'>file:///files/4567</configfile>
                          </feature>
                          <feature name='extras' version='2.0.0.pricing-1_1_0'>
                            <feature version='2.0.0.pricing-1_1_0'>shop</feature>
                          </feature>
                        </features>
                        """);
    }
}
