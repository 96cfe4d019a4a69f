// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles nobody here wrote, without appups, change while our application calls them all the time. See docs/third-party.md. */
@Disabled("wants the release handler")
class HealthCheckUpgradeTest {
    private static final String CORE = "org.apache.felix.healthcheck.core";

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
                .contains("restart_application")
                .contains(CORE)
                .doesNotContain("org.apache.felix.healthcheck.generalchecks 3.0.8");
    }

    @Test
    void takesTheNewCoreInAndGoesBackWithoutOneFailedCall() {
        long before = HealthCounts.of(karaf).calls();

        karaf.run("release:install health/2.0.0");
        assertThat(activeCore()).contains("2.0.14");
        long during = awaitCallsAfter(before);
        karaf.run("release:rollback");
        assertThat(activeCore()).contains("2.0.12").doesNotContain("2.0.14");
        awaitCallsAfter(during);

        assertThat(HealthCounts.of(karaf).failed()).isZero();
    }

    private String activeCore() {
        return karaf.run("bundle:list -s -t 0 | grep " + CORE + " | grep Active");
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
