// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else is done in a container: to Karaf's features while a release bakes, to the bundles of Theseus while nothing happens. */
class UnrelatedOperationsTest {
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
        awaitAnswerOf("1.0.0");
    }

    @AfterEach
    void stop() {
        karaf.close();
    }

    @Test
    void aFeatureOperationDuringABakeDisturbsNobody() throws IOException {
        Path repository = Files.writeString(
                folder.resolve("features.xml"),
                "<features name='unrelated' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>"
                        + "<feature name='unrelated' version='1.0.0'>"
                        + "<bundle>mvn:org.apache.felix/org.apache.felix.healthcheck.api/2.0.4</bundle>"
                        + "</feature></features>");
        try (Customer customer = new Customer()) {
            karaf.run("release:install shop/2.0.0");
            awaitAnswerOf("2.0.0");
            List<String> bundles = bundles();
            String components = karaf.run("scr:list");

            karaf.run("feature:repo-add " + repository.toUri());
            karaf.run("feature:install unrelated");

            assertThat(bundles())
                    .containsAll(bundles)
                    .filteredOn(line -> !bundles.contains(line))
                    .singleElement()
                    .asString()
                    .contains("org.apache.felix.healthcheck.api");
            karaf.run("feature:uninstall unrelated");
            assertThat(bundles()).isEqualTo(bundles);
            assertThat(karaf.run("scr:list")).isEqualTo(components);
            assertThat(karaf.run("release:status")).contains("baking");
            assertThat(karaf.run("release:rollback")).contains("done");
            awaitAnswerOf("1.0.0");
            customer.goOn();
            assertThat(customer.complaints).isEmpty();
        }
    }

    @Test
    void theBundlesOfTheseusStopAndComeBackWhileNothingHappens() {
        List<String> applications = applications();
        for (String bundle : List.of("shell", "release-handler", "features", "framework", "switchboard")) {
            comesBack(bundle, applications);
        }

        assertThat(karaf.run("release:install shop/2.0.0")).contains("done");
        awaitAnswerOf("2.0.0");
        assertThat(karaf.run("release:rollback")).contains("done");
        awaitAnswerOf("1.0.0");
    }

    private void comesBack(String bundle, List<String> applications) {
        for (String command : List.of("restart", "update")) {
            karaf.run("bundle:" + command + " io.theseus." + bundle);

            awaitAnswerOf("1.0.0");
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(karaf.run("release:status")).contains("shop/1.0.0"));
            assertThat(applications()).as(command + " " + bundle).isEqualTo(applications);
        }
    }

    private List<String> bundles() {
        return karaf.run("bundle:list -s -t 0").lines().toList();
    }

    private List<String> applications() {
        return bundles().stream()
                .filter(line -> line.contains("io.theseus.samples"))
                .toList();
    }

    private void awaitAnswerOf(String version) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(checkout()).contains(version));
    }

    private String checkout() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(karaf.http("/checkout?account=test&item=tea&quantity=1"))
                .timeout(Duration.ofSeconds(20))
                .build();
        var response = client.send(request, BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    /** Buys all the time. */
    private final class Customer implements AutoCloseable {
        final Queue<String> complaints = new ConcurrentLinkedQueue<>();
        private final AtomicLong bought = new AtomicLong();
        private final Thread thread = new Thread(this::buy, "customer");

        Customer() {
            thread.start();
            goOn();
        }

        void goOn() {
            long before = bought.get();
            await().atMost(Duration.ofSeconds(30)).until(() -> bought.get() > before + 5);
        }

        private void buy() {
            try {
                while (true) {
                    String answer = checkout();
                    bought.incrementAndGet();
                    if (!answer.startsWith("200 ")) {
                        complaints.add(answer);
                    }
                }
            } catch (IOException e) {
                complaints.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
