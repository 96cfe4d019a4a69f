// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.itests.made.MadeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release says how each bundle is started: an install, the restart after it and the log all go by it. */
class StartTypesTest {
    private static final String FAILS = """
            public class Fails implements org.osgi.framework.BundleActivator {
              public void start(org.osgi.framework.BundleContext context) { throw new IllegalStateException("no licence"); }
              public void stop(org.osgi.framework.BundleContext context) {}
            }
            """;

    @TempDir
    Path folder;

    private KarafProcess karaf;

    @AfterEach
    void stop() {
        karaf.close();
    }

    @Test
    void everyBundleIsStartedByItsTypeNowAndAfterARestart() throws Exception {
        Path release = release();
        karaf = KarafProcess.unpack(Built.theseus(), folder.resolve("karaf"), Built.repositories());
        karaf.start();
        karaf.run("release:unpack " + release.toUri());

        String report = karaf.run("release:install --permanent kinds/1.0.0");

        assertThat(report).contains("kinds.optional").contains("no licence");
        Map<String, String> states = Map.of(
                "kinds.host", "Active",
                "kinds.fragment", "Resolved",
                "kinds.optional", "Resolved",
                "kinds.loaded", "Resolved",
                "kinds.none", "Installed");
        assertThat(states()).isEqualTo(states);
        int before = karaf.log().length();

        karaf.stop();
        karaf.start();

        // What was installed only may be resolved by a start of the container, but never started.
        assertThat(states())
                .containsAllEntriesOf(Map.of(
                        "kinds.host", "Active",
                        "kinds.fragment", "Resolved",
                        "kinds.optional", "Resolved",
                        "kinds.loaded", "Resolved"))
                .containsOnlyKeys(states.keySet())
                .doesNotContainEntry("kinds.none", "Active");
        assertThat(karaf.log().substring(before).lines())
                .filteredOn(line -> line.contains("kinds.") && line.matches(".*(WARN|ERROR).*"))
                .noneMatch(line -> line.contains("kinds.fragment") || line.contains("kinds.none"));
        assertThat(karaf.run("release:status")).contains("kinds/1.0.0");
    }

    private Path release() throws IOException {
        MadeBundle.of("kinds.host", "1.0.0").write(folder);
        MadeBundle.of("kinds.fragment", "1.0.0")
                .header("Fragment-Host", "kinds.host")
                .write(folder);
        MadeBundle.of("kinds.optional", "1.0.0").activator("Fails", FAILS).write(folder);
        MadeBundle.of("kinds.loaded", "1.0.0").write(folder);
        MadeBundle.of("kinds.none", "1.0.0").write(folder);
        return Files.writeString(folder.resolve("kinds.yaml"), """
                release: kinds
                version: 1.0.0
                bundles:
                  - kinds.host-1.0.0.jar
                  - kinds.fragment-1.0.0.jar
                  - location: kinds.optional-1.0.0.jar
                    type: optional
                  - location: kinds.loaded-1.0.0.jar
                    type: loaded
                  - location: kinds.none-1.0.0.jar
                    type: none
                """);
    }

    /** Of the bundles of the release, by symbolic name. */
    private Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        Matcher line = Pattern.compile("(Active|Resolved|Installed|Starting)[^\\n]*?(kinds\\.[a-z]+)")
                .matcher(karaf.run("bundle:list -t 0 -s --no-format"));
        while (line.find()) {
            states.put(line.group(2), line.group(1));
        }
        return states;
    }
}
