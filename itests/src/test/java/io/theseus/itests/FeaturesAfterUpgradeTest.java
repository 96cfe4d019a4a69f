// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop that came by {@code feature:install}, upgraded as a release: what Karaf does afterwards leads to the new one. */
class FeaturesAfterUpgradeTest {
    private static final long SEED = 4;
    private static final String UNRELATED = """
            <features name='unrelated' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>
              <feature name='health' version='1.0.0'>
                <bundle>mvn:org.apache.felix/org.apache.felix.healthcheck.api/2.0.4</bundle>
              </feature>
              <feature name='lang' version='1.0.0'>
                <feature>scr</feature>
                <bundle>mvn:org.apache.commons/commons-lang3/3.18.0</bundle>
              </feature>
              <feature name='lang' version='1.1.0'>
                <config name='lang'>a = b</config>
                <bundle start-level='85'>mvn:org.apache.commons/commons-lang3/3.18.0</bundle>
              </feature>
              <feature name='both' version='1.0.0'>
                <feature>health</feature>
                <feature>lang</feature>
              </feature>
            </features>
            """;

    @TempDir
    Path folder;

    private KarafProcess karaf;
    private Shop shop;

    @BeforeEach
    void runTheShopThatKarafInstalled() throws IOException {
        karaf = KarafProcess.unpack(Built.theseus(), folder.resolve("karaf"), Built.repositories());
        karaf.start();
        Path unrelated = Files.writeString(folder.resolve("features.xml"), UNRELATED);
        karaf.run("feature:repo-add " + unrelated.toUri());
        // Theseus has to know of its applications before they give their services away.
        shop = Shop.unpack(karaf);
        karaf.run("feature:repo-add " + Shop.repository("1.0.0"));
        karaf.run("feature:install shop/1.0.0");
        shop.awaitAnswerOf("1.0.0");
    }

    @AfterEach
    void stop() {
        karaf.close();
    }

    @Test
    void karafLeadsToTheReleaseThatIsPermanentWhateverItDoes() throws IOException {
        List<String> installed = shop.bundles();
        assertThat(karaf.run("release:install --permanent shop/1.0.0")).contains("done");
        assertThat(shop.bundles()).isEqualTo(installed);
        assertThat(karaf.run("release:install shop/2.0.0")).contains("done");
        shop.awaitAnswerOf("2.0.0");
        List<String> baking = shop.bundles();
        assertThat(baking).hasSize(9);
        karaf.run("feature:install health");
        karaf.run("feature:uninstall health");
        assertThat(shop.bundles()).isEqualTo(baking);

        assertThat(karaf.run("release:make-permanent shop/2.0.0"))
                .contains("done")
                .doesNotContain("karaf-");

        requiresOnly("2.0.0");
        assertThat(shop.bundles()).isSubsetOf(baking);
        staysWhateverKarafDoes("2.0.0");
    }

    /** openhab-core 3983 and 5042: bundles were "restored to their original version". */
    @Test
    void anApplicationThatIsChangedAloneStaysChanged() throws Exception {
        karaf.run("release:install --permanent shop/1.0.0");
        karaf.run("application:upgrade io.theseus.samples.pricing mvn:io.theseus.samples/pricing/2.0.0");
        shop.awaitAnswerOf("2.0.0");
        assertThat(karaf.run("release:make-permanent shop/1.0.0.pricing-2_0_0"))
                .contains("done")
                .doesNotContain("karaf-");

        requiresOnly("1.0.0.pricing-2_0_0");
        staysWhateverKarafDoes("1.0.0.pricing-2_0_0");
        shop.awaitAnswerOf("2.0.0");

        assertThat(karaf.run("release:install --permanent shop/1.0.0"))
                .contains("done")
                .doesNotContain("karaf-");
        requiresOnly("1.0.0");
        assertThat(karaf.run("feature:repo-list")).contains("shop").doesNotContain("theseus-features.xml");
        assertThat(shop.buy()).contains("1.0.0").doesNotContain("2.0.0");
    }

    private void staysWhateverKarafDoes(String version) throws IOException {
        String served = version.replaceFirst("\\.[a-z].*", "");
        List<String> permanent = bundles();
        assertThat(permanent).hasSize(5);
        karaf.run("feature:install both");
        karaf.run("feature:uninstall both");
        assertThat(bundles()).isEqualTo(permanent);

        karaf.stop();
        karaf.start();
        requiresOnly(version);
        shop.awaitAnswerOf(served);
        assertThat(bundles()).isEqualTo(permanent);

        karaf.stop();
        karaf.distribution().wipe();
        karaf.start();
        requiresOnly(version);
        shop.awaitAnswerOf(served);
        karaf.run("feature:repo-add " + folder.resolve("features.xml").toUri());
        List<String> wiped = bundles();
        assertThat(wiped).hasSize(5);
        randomly();
        assertThat(bundles()).isEqualTo(wiped);
        requiresOnly(version);
        shop.awaitAnswerOf(served);
    }

    /** Operations of Karaf that have nothing to do with the shop. Some fail, as removing what is not there does. */
    private void randomly() {
        List<String> operations = List.of(
                "feature:install health",
                "feature:install -u lang/1.0.0",
                "feature:install -u lang/1.1.0",
                "feature:install -r both",
                "feature:uninstall health",
                "feature:uninstall lang",
                "feature:uninstall both",
                "feature:stop health",
                "feature:start health",
                "feature:repo-refresh unrelated",
                "feature:install -u both");
        Random random = new Random(SEED);
        List<String> done = IntStream.range(0, 20)
                .mapToObj(i -> operations.get(random.nextInt(operations.size())))
                .filter(operation -> karaf.attempt(operation).ok())
                .toList();
        assertThat(done).hasSizeGreaterThan(10).anyMatch(operation -> operation.contains(":uninstall"));
    }

    private void requiresOnly(String version) {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
            List<String> required = karaf.run("feature:requirement-list")
                    .lines()
                    .filter(line -> line.contains("feature:shop/"))
                    .toList();
            assertThat(required).singleElement().asString().contains("[" + version + "," + version + "]");
        });
        List<String> shops = karaf.run("feature:list")
                .lines()
                .filter(line -> line.startsWith("shop "))
                .toList();
        assertThat(shops)
                .filteredOn(line -> line.contains(" " + version + " "))
                .singleElement()
                .asString()
                .contains("Started")
                .contains(" x ");
        assertThat(shops)
                .filteredOn(line -> !line.contains(" " + version + " "))
                .allSatisfy(line -> assertThat(line).contains("Uninstalled"));
    }

    private List<String> bundles() throws IOException {
        return BundleCache.contents(karaf, shop.bundles());
    }
}
