// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** The sample shop in a container, as a customer sees it. Thread safety: safe for use by many threads. */
final class Shop {
    private static final String REPOSITORY = "mvn:io.theseus.samples/shop-features/%s/xml/features";
    private final HttpClient client = HttpClient.newHttpClient();
    private final KarafProcess karaf;

    private Shop(KarafProcess karaf) {
        this.karaf = karaf;
    }

    /** That of a container which runs, with releases 1.0.0 and 2.0.0 unpacked. */
    static Shop unpack(KarafProcess karaf) {
        karaf.run("release:unpack " + repository("1.0.0"));
        karaf.run("release:unpack " + repository("2.0.0"));
        return new Shop(karaf);
    }

    /** That of a container in which it was installed otherwise. */
    static Shop in(KarafProcess karaf) {
        return new Shop(karaf);
    }

    /** URL of its feature repository. */
    static String repository(String version) {
        return REPOSITORY.formatted(version);
    }

    /** @return status and body of the answer, which names the versions that it met */
    String buy() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(karaf.http("/checkout?account=test&item=tea&quantity=1"))
                .timeout(Duration.ofSeconds(20))
                .build();
        var response = client.send(request, BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    /** Waits until an answer names this version. */
    void awaitAnswerOf(String version) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(buy()).startsWith("200 ").contains(version));
    }

    /** Its bundles with ids, states and start levels, as the shell shows them. */
    List<String> bundles() {
        return karaf.run("bundle:list -s -t 0")
                .lines()
                .filter(line -> line.contains("io.theseus.samples"))
                // The column of the ids is as wide as the widest.
                .map(String::strip)
                .toList();
    }
}
