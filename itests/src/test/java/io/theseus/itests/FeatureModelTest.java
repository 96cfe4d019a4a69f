// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.itests.made.MadeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a feature has besides bundles, and what rules of Karaf's make of it, is in a release as in Karaf. */
class FeatureModelTest {
    private static final String TILL = """
            package till;
            public class Till implements java.util.function.Supplier<String> {
              public String get() { return "till"; }
            }
            """;
    private static final byte[] README = {'a', 0, (byte) 0xFF, '\r', '\n'};
    private static final String LABELS = "# for the till\ntea = \\u00e9 ${karaf.name}\n";

    @TempDir
    Path folder;

    private KarafProcess karaf;

    @BeforeEach
    void startWithRules() throws IOException {
        applications();
        karaf = KarafProcess.unpack(Built.theseus(), folder.resolve("karaf"), Built.repositories());
        Files.writeString(home("etc/org.apache.karaf.features.xml"), """
                <featuresProcessing xmlns="http://karaf.apache.org/xmlns/features-processing/v1.0.0">
                  <blacklistedFeatures><feature>secret</feature></blacklistedFeatures>
                  <blacklistedBundles><bundle>*/dark-1.0.0.jar</bundle></blacklistedBundles>
                  <bundleReplacements>
                    <bundle originalUri="*/part-1.0.0.jar" replacement="%s"/>
                    <bundle originalUri="*/spare-1.0.0.jar" replacement="%s"/>
                  </bundleReplacements>
                </featuresProcessing>
                """.formatted(
                        url("part-1.0.1.jar"), url("other-1.0.1.jar")));
        karaf.start();
    }

    @AfterEach
    void stop() {
        karaf.close();
    }

    @Test
    void aReleaseHasWhatKarafWouldInstall() throws IOException {
        karaf.run("release:unpack " + features("1.0.0").toUri());
        assertThat(karaf.run("release:history --json"))
                .contains("karaf-rule")
                .contains("dark-1.0.0.jar of till/1.0.0 is left out")
                .contains("the feature secret of till/1.0.0 is left out")
                .contains("part-1.0.1.jar comes in place of")
                .contains("spare-1.0.0.jar stays");

        assertThat(karaf.run("release:install till/1.0.0")).contains("done");
        brought();
        assertThat(karaf.run("config:list \"(service.pid=till.labels)\""))
                .contains("till.labels")
                .contains("tea");

        karaf.kill();
        karaf.start();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(this::gone);

        assertThat(karaf.run("release:install till/1.0.0")).contains("done");
        brought();
        assertThat(karaf.run("release:rollback")).contains("done");
        gone();

        assertThat(karaf.run("release:install --permanent till/1.0.0"))
                .contains("done")
                .doesNotContain("karaf-");
        brought();
        assertThat(bundles())
                .anyMatch(line -> line.contains("part") && line.contains("1.0.1"))
                .anyMatch(line -> line.contains("spare") && line.contains("1.0.0"))
                .noneMatch(line -> line.contains("dark") || line.contains("other"));
        List<String> permanent = bundles();

        karaf.run("release:unpack " + features("2.0.0").toUri());
        assertThat(karaf.run("release:plan till/2.0.0")).doesNotContain("plain");
        assertThat(karaf.run("release:install --permanent till/2.0.0"))
                .contains("done")
                .doesNotContain("karaf-");
        assertThat(bundles()).isEqualTo(permanent);
        Path nothing = Files.writeString(
                folder.resolve("nothing.xml"),
                "<features name='nothing' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>"
                        + "<feature name='nothing' version='1.0.0'/></features>");
        karaf.run("feature:repo-add " + nothing.toUri());
        karaf.run("feature:install nothing");
        karaf.run("feature:uninstall nothing");
        assertThat(bundles()).isEqualTo(permanent);
        brought();
    }

    private void brought() throws IOException {
        assertThat(home("till/readme.txt")).hasBinaryContent(README);
        assertThat(home("etc/till.labels.cfg")).hasContent(LABELS);
    }

    private void gone() {
        assertThat(home("till")).doesNotExist();
        assertThat(home("etc/till.labels.cfg")).doesNotExist();
        assertThat(karaf.run("config:list \"(service.pid=till.labels)\"")).doesNotContain("till.labels");
    }

    private List<String> bundles() throws IOException {
        List<String> own = karaf.run("bundle:list -t 0 -s")
                .lines()
                .filter(line -> line.matches(".*\\b(till|part|plain|spare|dark|other)\\b.*"))
                .toList();
        return BundleCache.contents(karaf, own);
    }

    private void applications() throws IOException {
        MadeBundle.of("till", "1.0.0")
                .source("till.Till", TILL)
                .component(
                        "till.Till",
                        "configuration-policy=\"require\" configuration-pid=\"till.labels\"",
                        "<service><provide interface=\"java.util.function.Supplier\"/></service>")
                .write(folder);
        for (String version : List.of("1.0.0", "1.0.1")) {
            MadeBundle.of("part", version).write(folder);
        }
        MadeBundle.of("spare", "1.0.0").write(folder);
        MadeBundle.of("other", "1.0.1").write(folder);
        MadeBundle.of("dark", "1.0.0").write(folder);
        MadeBundle.of("plain", "1.0.0").write(folder);
        Files.write(folder.resolve("readme"), README);
        Files.writeString(folder.resolve("labels"), LABELS);
    }

    private Path features(String version) throws IOException {
        return Files.writeString(folder.resolve("till-" + version + ".xml"), """
                <features name='till-%1$s' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>
                  <feature name='till' version='%1$s'>
                    <feature>secret</feature>
                    <configfile finalname='${karaf.etc}/till.labels.cfg'>%2$s</configfile>
                    <configfile finalname='/till/readme.txt'>%3$s</configfile>
                    <bundle>%4$s</bundle>
                    <bundle>%5$s</bundle>
                    <bundle>%6$s</bundle>
                    <bundle>%7$s</bundle>
                    <bundle>wrap:%8$s$Bundle-SymbolicName=plain&amp;Bundle-Version=1.0.0&amp;overwrite=merge</bundle>
                  </feature>
                </features>
                """.formatted(
                        version,
                        url("labels"),
                        url("readme"),
                        url("till-1.0.0.jar"),
                        url("part-1.0.0.jar"),
                        url("spare-1.0.0.jar"),
                        url("dark-1.0.0.jar"),
                        url("plain-1.0.0.jar")));
    }

    private String url(String file) {
        return folder.resolve(file).toUri().toString();
    }

    private Path home(String path) {
        return karaf.distribution().home().resolve(path);
    }
}
