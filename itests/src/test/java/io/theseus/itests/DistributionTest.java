// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution, as it comes out of the archive. */
class DistributionTest {
    private static final List<String> BUNDLES =
            List.of("api", "relup", "switchboard", "framework", "features", "release-handler", "shell", "deployer");

    @TempDir
    static Path folder;

    private static KarafProcess karaf;

    @BeforeAll
    static void start() {
        karaf = KarafProcess.unpack(Built.theseus(), folder.resolve("karaf"), List.of());
        karaf.start();
    }

    @AfterAll
    static void stop() {
        karaf.close();
    }

    @Test
    void runsAllTheseusBundlesBelowTheStartLevelOfApplications() {
        List<String> lines = karaf.run("bundle:list -s -t 0").lines().toList();

        for (String bundle : BUNDLES) {
            assertThat(lines)
                    .filteredOn(line -> line.stripTrailing().endsWith(" io.theseus." + bundle))
                    .singleElement()
                    .asString()
                    .matches(" *\\d+ . Active +. +3\\d .*");
        }
    }

    @Test
    void logsNoWarningAndNoErrorWhileItStartsAndLetsSomebodyIn() {
        karaf.run("feature:list -i");

        assertThat(karaf.log().lines())
                .isNotEmpty()
                .filteredOn(line -> isComplaint(line) && !isRestartOfManagement(line))
                .isEmpty();
    }

    /**
     * Now and then Karaf's management bundle starts a second time during the boot, on its own activator thread, when its
     * configuration arrives late; it and the JMX bundle then warn of what the first start has left. Nothing of ours takes part.
     */
    private static boolean isRestartOfManagement(String line) {
        return line.contains("org.apache.karaf.management.server")
                        && line.contains("java.rmi.server.hostname system property is already set")
                || line.contains("org.apache.aries.jmx.core") && line.contains("Dispatcher may have been shutdown");
    }

    @Test
    void letsNobodyInWhoWasNotAddedToIt() throws IOException {
        Path users =
                Distribution.unpack(Built.theseus(), folder.resolve("fresh")).etc("users.properties");

        assertThat(Files.readAllLines(users))
                .filteredOn(line -> !line.isBlank() && !line.startsWith("#"))
                .allMatch(line -> line.startsWith("_g_\\:"));
        try (Shell stranger = new Shell(karaf.ports().ssh(), "karaf", "karaf")) {
            assertThatThrownBy(() -> stranger.run("bundle:list", Duration.ofSeconds(20)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void guardsTheCommandsOfBothScopes() {
        assertThat(karaf.distribution().etc("org.apache.karaf.command.acl.release.cfg"))
                .exists();
        assertThat(karaf.distribution().etc("org.apache.karaf.command.acl.application.cfg"))
                .exists();
    }

    @Test
    void upgradesNothingThatItConsistsOf() {
        for (String bundle : List.of("org.apache.felix.scr", "io.theseus.shell", "org.apache.felix.framework")) {
            Shell.Result refused = karaf.attempt("application:upgrade " + bundle + " mvn:acme/not-looked-for/1.0.0");

            assertThat(refused.ok()).isFalse();
            assertThat(refused.text()).contains(bundle + ": must not change while the container runs: it is");
        }
    }

    @Test
    void comesUpAgainAfterItWasKilled() {
        karaf.kill();
        assertThat(karaf.alive()).isFalse();

        karaf.start();

        assertThat(karaf.run("feature:list -i")).contains("theseus");
    }

    private static boolean isComplaint(String line) {
        return line.contains(" | WARN ") || line.contains(" | ERROR ");
    }
}
