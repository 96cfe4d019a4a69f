// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else is done in a container: to Karaf's features while a release bakes, to the bundles of Theseus while nothing happens. */
class UnrelatedOperationsTest {

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
        shop.awaitAnswerOf("1.0.0");
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
        try (Customer customer = new Customer(shop)) {
            karaf.run("release:install shop/2.0.0");
            shop.awaitAnswerOf("2.0.0");
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
            shop.awaitAnswerOf("1.0.0");
            customer.goOn();
            assertThat(customer.complaints).isEmpty();
        }
    }

    @Test
    void theBundlesOfTheseusStopAndComeBackWhileNothingHappens() {
        List<String> applications = shop.bundles();
        for (String bundle : List.of("shell", "release-handler", "features", "framework", "switchboard")) {
            comesBack(bundle, applications);
        }

        assertThat(karaf.run("release:install shop/2.0.0")).contains("done");
        shop.awaitAnswerOf("2.0.0");
        assertThat(karaf.run("release:rollback")).contains("done");
        shop.awaitAnswerOf("1.0.0");
    }

    private void comesBack(String bundle, List<String> applications) {
        for (String command : List.of("restart", "update")) {
            karaf.run("bundle:" + command + " io.theseus." + bundle);

            shop.awaitAnswerOf("1.0.0");
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(karaf.run("release:status")).contains("shop/1.0.0"));
            assertThat(shop.bundles()).as(command + " " + bundle).isEqualTo(applications);
        }
    }

    private List<String> bundles() {
        return karaf.run("bundle:list -s -t 0").lines().toList();
    }
}
