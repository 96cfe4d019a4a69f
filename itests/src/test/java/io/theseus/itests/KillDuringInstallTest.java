// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I6: whatever instant the JVM is killed at, the next start reaches the permanent release, and the record says what happened. */
class KillDuringInstallTest {

    @TempDir
    Path folder;

    private KarafProcess karaf;
    private Shop shop;

    @BeforeEach
    void runTheFirstRelease() {
        karaf = KarafProcess.unpack(Built.theseus(), folder.resolve("karaf"), Built.repositories());
        karaf.start();
        shop = Shop.unpack(karaf);
        karaf.run("release:install --permanent shop/1.0.0");
    }

    @AfterEach
    void stop() {
        karaf.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"load_object_code", "point_of_no_return", "suspend", "code_change", "resume"})
    void reachesThePermanentReleaseAfterAKillAt(String instruction) throws Exception {
        long before = journal().length();
        Thread install = new Thread(() -> karaf.attempt("release:install shop/2.0.0"), "install");
        // The shell loses its connection: that is the point.
        install.setUncaughtExceptionHandler((thread, cut) -> {});
        install.start();
        await().pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> journal().substring((int) before).contains(instruction));
        karaf.kill();
        install.join();

        karaf.start();

        shop.awaitAnswerOf("1.0.0");
        assertThat(shop.buy()).doesNotContain("2.0.0");
        assertThat(karaf.run("release:status")).contains("shop/1.0.0");
        assertThat(karaf.run("release:history")).containsIgnoringCase("interrupted");
    }

    private String journal() {
        try {
            Path file = karaf.distribution().home().resolve("releases/journal.jsonl");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
