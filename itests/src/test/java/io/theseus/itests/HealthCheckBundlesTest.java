// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles nobody here wrote run in the distribution, and our application calls them. */
class HealthCheckBundlesTest {
    private static final List<String> RELEASE = List.of(
            "mvn:org.apache.felix/org.apache.felix.healthcheck.api/2.0.4",
            "mvn:org.apache.felix/org.apache.felix.healthcheck.core/2.0.12",
            "mvn:org.apache.felix/org.apache.felix.healthcheck.generalchecks/3.0.8",
            "mvn:io.theseus/health-client/" + Built.version());

    @TempDir
    Path folder;

    @Test
    void answerTheCallsOfAnApplication() {
        try (KarafProcess karaf = KarafProcess.unpack(Built.theseus(), folder.resolve("karaf"), Built.repositories())) {
            karaf.start();

            karaf.run("bundle:install -s " + String.join(" ", RELEASE));

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(HealthCounts.of(karaf).results()).isPositive());
            assertThat(HealthCounts.of(karaf).failed()).isZero();
        }
    }
}
