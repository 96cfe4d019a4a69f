// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stock Karaf that runs a shop, installed by its own {@code feature:install}. Then Theseus comes, and the shop is adopted. */
class AdoptTest {
    private static final String SHOP = "io.theseus.samples.";
    private static final String UNRELATED =
            "<features name='unrelated' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>"
                    + "<feature name='unrelated' version='1.0.0'>"
                    + "<bundle>mvn:org.apache.felix/org.apache.felix.healthcheck.api/2.0.4</bundle>"
                    + "</feature></features>";

    @TempDir
    Path folder;

    private KarafProcess karaf;
    private Shop shop;

    @BeforeEach
    void runAShopInAStockKaraf() {
        List<Path> repositories = new ArrayList<>(Built.repositories());
        repositories.add(Built.system());
        karaf = KarafProcess.unpack(Built.stockKaraf(), folder.resolve("karaf"), repositories);
        karaf.start();
        // What its components are compiled against.
        karaf.run("bundle:install -s -l 31 mvn:io.theseus/api/" + Built.version());
        karaf.run("feature:repo-add " + Shop.repository("1.0.0"));
        karaf.run("feature:install shop/1.0.0");
        shop = Shop.in(karaf);
        shop.awaitAnswerOf("1.0.0");
    }

    @AfterEach
    void stop() {
        karaf.close();
    }

    @Test
    void itIsBroughtUnderStableServicesAndUpgradedHot() throws Exception {
        post(12);
        List<String> before = shop.bundles();
        karaf.run("feature:repo-add mvn:io.theseus/theseus-features/" + Built.version() + "/xml/features");
        karaf.run("feature:install theseus");
        assertThat(shop.bundles()).isEqualTo(before);
        assertThat(applications()).hasSize(4).allMatch(line -> line.contains("unmanaged"));

        try (Customer customer = new Customer(shop)) {
            String adopted = karaf.run("application:adopt -v " + SHOP + "ledger " + SHOP + "pricing " + SHOP + "basket "
                    + SHOP + "checkout");
            customer.goOn();
            assertThat(adopted).contains("done");
            // The HTTP whiteboard takes a servlet away before it adds the next one.
            assertThat(customer.complaints).allMatch(answer -> answer.startsWith("404 "));
        }
        assertThat(applications())
                .hasSize(4)
                .noneMatch(line -> line.contains("unmanaged") || line.contains("handed out"));
        assertThat(post(1)).contains("balance=13");
        List<String> after = shop.bundles();
        karaf.run("feature:repo-add "
                + Files.writeString(folder.resolve("features.xml"), UNRELATED).toUri());
        karaf.run("feature:install unrelated");
        assertThat(shop.bundles()).isEqualTo(after);

        karaf.stop();
        karaf.start();
        shop.awaitAnswerOf("1.0.0");
        assertThat(shop.bundles()).isEqualTo(after);
        staysUpgradedAlone();
        karaf.run("release:unpack " + Shop.repository("2.0.0"));
        try (Customer customer = new Customer(shop)) {
            assertThat(karaf.run("release:install --permanent shop/2.0.0")).contains("done");
            shop.awaitAnswerOf("2.0.0");
            customer.goOn();
            assertThat(customer.complaints).isEmpty();
        }
    }

    /** openhab-core 3983: Karaf has the feature with the version before. */
    private void staysUpgradedAlone() {
        String upgraded =
                karaf.run("application:upgrade --permanent " + SHOP + "pricing mvn:io.theseus.samples/pricing/2.0.0");
        assertThat(upgraded).contains("done").doesNotContain("karaf-");
        shop.awaitAnswerOf("2.0.0");
        List<String> permanent = shop.bundles();
        assertThat(permanent)
                .hasSize(5)
                .filteredOn(line -> line.contains("pricing"))
                .singleElement()
                .asString()
                .contains("2.0.0");
        assertThat(karaf.run("feature:requirement-list"))
                .contains("feature:shop/[1.0.0.4-changes-pricing-2_0_0")
                .doesNotContain("feature:shop/[1.0.0,");

        karaf.run("feature:uninstall unrelated");
        karaf.run("feature:install unrelated");
        assertThat(shop.bundles()).isEqualTo(permanent);
        karaf.stop();
        karaf.start();
        shop.awaitAnswerOf("2.0.0");
        karaf.run("feature:uninstall unrelated");
        assertThat(shop.bundles()).isEqualTo(permanent);
    }

    private List<String> applications() {
        return karaf.run("application:list")
                .lines()
                .filter(line -> line.contains(SHOP))
                .toList();
    }

    private String post(int amount) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(karaf.http("/checkout?account=alice&amount=" + amount))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
