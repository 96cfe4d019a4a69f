// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
    private static final String SHOP = "mvn:io.theseus.samples/shop-features/%s/xml/features";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private KarafProcess karaf;

    @BeforeEach
    void runTheFirstRelease() {
        karaf = KarafProcess.unpack(Built.theseus(), folder.resolve("karaf"), Built.repositories());
        karaf.start();
        karaf.run("release:unpack " + SHOP.formatted("1.0.0"));
        karaf.run("release:unpack " + SHOP.formatted("2.0.0"));
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

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(checkout().statusCode()).isEqualTo(200));
        assertThat(checkout().body()).contains("1.0.0").doesNotContain("2.0.0");
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

    private HttpResponse<String> checkout() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(karaf.http("/checkout?account=test&item=tea&quantity=1"))
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
