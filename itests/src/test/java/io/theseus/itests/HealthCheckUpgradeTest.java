// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles nobody here wrote, without appups, change while our application calls them all the time. See docs/third-party.md. */
class HealthCheckUpgradeTest {
    private static final String CORE = "org.apache.felix.healthcheck.core";
    /** The callers waited at the gate, and all of them got through. */
    private static final String NONE_FAILED =
            "calls that waited at a gate +[1-9]\\d*\\s+longest wait at a gate .*\\s+calls that failed at a gate +0\\s";

    @TempDir
    Path folder;

    private KarafProcess karaf;

    @BeforeEach
    void runTheFirstRelease() {
        karaf = KarafProcess.unpack(Built.theseus(), folder.resolve("karaf"), Built.repositories());
        karaf.start();
        karaf.run("release:unpack " + file("health-1.yaml"));
        karaf.run("release:unpack " + file("health-2.yaml"));
        karaf.run("release:install --permanent health/1.0.0");
        awaitCallsAfter(0);
    }

    @AfterEach
    void stop() {
        karaf.close();
    }

    @Test
    void planSaysThatTheCoreWantsAPauseAndThatNothingElseChanges() {
        assertThat(karaf.run("release:plan health/2.0.0"))
                .containsPattern(
                        "org\\.apache\\.felix\\.healthcheck\\.core \\| 2\\.0\\.12 \\| 2\\.0\\.14 \\| restart_application \\| generated")
                .contains(
                        "a pause: new calls to io.theseus.health-client, " + CORE + " wait while " + CORE + " restarts")
                .doesNotContain("generalchecks")
                .doesNotContain("healthcheck.api");
    }

    @Test
    void takesTheNewCoreInAndGoesBackWithoutOneFailedCall() {
        long before = HealthCounts.of(karaf).calls();

        assertThat(karaf.run("release:install health/2.0.0")).containsPattern(NONE_FAILED);
        assertThat(activeCore()).contains("2.0.14").doesNotContain("2.0.12");
        long during = awaitCallsAfter(before);
        assertThat(karaf.run("release:rollback")).containsPattern(NONE_FAILED);
        assertThat(activeCore()).contains("2.0.12").doesNotContain("2.0.14");
        awaitCallsAfter(during);

        assertNoCallFailed();
        assertThat(cores()).as("the core that was rolled back").doesNotContain("2.0.14");
    }

    @Test
    void goesBackFromAPermanentReleaseWithoutOneFailedCall() {
        karaf.run("release:install health/2.0.0 --permanent");
        assertThat(cores()).contains("2.0.14").doesNotContain("2.0.12");
        long before = awaitCallsAfter(0);

        karaf.run("release:install health/1.0.0 --permanent");

        assertThat(cores()).contains("2.0.12").doesNotContain("2.0.14");
        awaitCallsAfter(before);
        assertNoCallFailed();
    }

    private String cores() {
        return karaf.run("bundle:list -s -t 0 | grep " + CORE);
    }

    private String activeCore() {
        return karaf.run("bundle:list -s -t 0 | grep " + CORE + " | grep Active");
    }

    private void assertNoCallFailed() {
        HealthCounts counts = HealthCounts.of(karaf);
        assertThat(counts.failed())
                .as("calls that failed, the last because of: %s", counts.failure())
                .isZero();
    }

    /** Also proves that the client was never taken away: its counter would have begun again. */
    private long awaitCallsAfter(long calls) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(HealthCounts.of(karaf).calls()).isGreaterThan(calls + 10));
        return HealthCounts.of(karaf).calls();
    }

    private static URL file(String name) {
        URL found = HealthCheckUpgradeTest.class.getResource("/health/" + name);
        assertThat(found).as(name).isNotNull();
        return found;
    }
}
