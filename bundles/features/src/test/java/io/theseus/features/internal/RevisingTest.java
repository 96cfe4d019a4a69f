// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.karaf.features.BootFinished;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop that somebody has installed as a feature, of which Theseus changes the ledger. */
class RevisingTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SHOP = "mvn:acme/shop/1.0.0/xml/features";
    private static final String LEDGER = "mvn:acme/ledger/1.0.0";
    private static final String SECOND = "file:/store/2.jar";
    private static final String THIRD = "file:/store/3.jar";

    private final FakeFeatures karaf = new FakeFeatures();
    private final KarafRequirements requirements = new KarafRequirements();

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        requirements.folder = folder;
        karaf.repositories.put(
                SHOP,
                Map.of(
                        "shop/1.0.0",
                        List.of(LEDGER, "mvn:acme/basket/1.0.0"),
                        "extras/1.0.0",
                        List.of("mvn:acme/extra/1.0.0"),
                        "everything/1.0.0",
                        List.of("mvn:acme/audit/1.0.0")));
        karaf.added.add(SHOP);
        requirements.features = karaf.service();
        requirements.bootFinished = new BootFinished() {};
        require("shop/1.0.0", "extras/1.0.0");
    }

    @AfterEach
    void close() {
        requirements.close();
    }

    private void require(String... ids) {
        Stream.of(ids).map(FakeFeatures::requirement).forEach(karaf.required::add);
    }

    private boolean revise(String location, String next, String qualifier) {
        return requirements.revise(
                Map.of(location, Optional.of(next).filter(text -> !text.isEmpty())), qualifier, LONG);
    }

    private List<String> copies() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private String copy(int number) throws IOException {
        return Files.readString(folder.resolve("revised-" + number).resolve(Features.WRITTEN));
    }

    @Test
    void aCopyWithWhatRunsIsRequiredInPlaceOfTheFeature() throws IOException {
        assertThat(revise(LEDGER, SECOND, "ledger-2")).isTrue();

        assertThat(karaf.required)
                .containsExactly("feature:extras/[1.0.0,1.0.0]", "feature:shop/[1.0.0.ledger-2,1.0.0.ledger-2]");
        assertThat(karaf.operations)
                .containsExactly("install \\Qshop\\E/[1.0.0.ledger-2,1.0.0.ledger-2] [NoAutoRefreshBundles, Upgrade]");
        assertThat(copy(1)).contains(SECOND, "mvn:acme/basket/1.0.0").doesNotContain(LEDGER, "extra");
        assertThat(requirements.bringing(Set.of(LEDGER), LONG)).isEmpty();
    }

    @Test
    void theNextTimeTheCopyIsReplacedAndForgotten() throws IOException {
        revise(LEDGER, SECOND, "ledger-2");

        assertThat(revise(SECOND, THIRD, "ledger-3")).isTrue();

        assertThat(karaf.required)
                .containsExactly("feature:extras/[1.0.0,1.0.0]", "feature:shop/[1.0.0.ledger-3,1.0.0.ledger-3]");
        assertThat(copies()).containsExactly("revised-2/" + Features.WRITTEN);
        assertThat(copy(2)).contains(THIRD).doesNotContain(SECOND);
        assertThat(karaf.added).hasSize(2).noneMatch(url -> url.contains("revised-1"));
    }

    @Test
    void whatIsReplacedByNothingIsNotInTheCopy() throws IOException {
        assertThat(revise(LEDGER, "", "without-ledger")).isTrue();

        assertThat(copy(1)).contains("basket").doesNotContain("ledger/");
    }

    @Test
    void aFeatureThatIncludesItIsCopiedTooAndMeansTheCopy() throws IOException {
        karaf.includes.put("everything/1.0.0", "shop");
        require("everything/1.0.0");

        assertThat(revise(LEDGER, SECOND, "ledger-2")).isTrue();

        assertThat(karaf.required)
                .containsExactly(
                        "feature:everything/[1.0.0.ledger-2,1.0.0.ledger-2]",
                        "feature:extras/[1.0.0,1.0.0]",
                        "feature:shop/[1.0.0.ledger-2,1.0.0.ledger-2]");
        assertThat(copy(1)).contains("<feature version=\"1.0.0.ledger-2\">shop</feature>");
    }

    @Test
    void whereNoFeatureHasItNothingIsDone() throws IOException {
        assertThat(revise("mvn:acme/other/1.0.0", SECOND, "other-2")).isFalse();

        assertThat(karaf.operations).isEmpty();
        assertThat(copies()).isEmpty();
    }

    @Test
    void aCopyIsKnownAsLongAsItIsRequired() {
        revise(LEDGER, SECOND, "ledger-2");
        revise("mvn:acme/extra/1.0.0", "file:/store/extra.jar", "extra-2");
        assertThat(karaf.added).anyMatch(url -> url.contains("revised-1")).anyMatch(url -> url.contains("revised-2"));
        karaf.repositories.put("mvn:acme/shop/2.0.0/xml/features", Map.of("shop/2.0.0", List.of()));

        requirements.require(new Features("mvn:acme/shop/2.0.0/xml/features", List.of("shop/2.0.0")), Set.of(), LONG);

        assertThat(karaf.required)
                .containsExactly("feature:extras/[1.0.0.extra-2,1.0.0.extra-2]", "feature:shop/[2.0.0,2.0.0]");
        assertThat(karaf.added).noneMatch(url -> url.contains("revised-1")).anyMatch(url -> url.contains("revised-2"));
    }

    @Test
    void everythingElseOfAFeatureIsAsItWas() throws IOException {
        String feature = """
                <feature name="shop" version="1.0.0" description="a &lt; b">
                    <feature version="[1,2)" prerequisite="true">scr</feature>
                    <config name="acme" override="true" append="true">a = b</config>
                    <configfile finalname="/etc/x.cfg" override="true">mvn:acme/x/1.0.0/cfg</configfile>
                    <bundle start-level="85" dependency="true">
                        mvn:acme/ledger/1.0.0
                    </bundle>
                    <conditional><condition>http</condition><bundle>mvn:acme/ledger/1.0.0</bundle></conditional>
                    <capability>acme;x=1</capability>
                </feature>
                """;

        String copy =
                RevisedFeatures.print(List.of(feature), Map.of(LEDGER, Optional.of(SECOND)), Map.of("shop", "1.0.0.q"));

        assertThat(copy.replaceAll("\\s+", " "))
                .contains(
                        "description=\"a &lt; b\" name=\"shop\" version=\"1.0.0.q\"",
                        "<feature prerequisite=\"true\" version=\"[1,2)\">scr</feature>",
                        "<config append=\"true\" name=\"acme\">a = b</config>",
                        "<configfile finalname=\"/etc/x.cfg\">mvn:acme/x/1.0.0/cfg</configfile>",
                        "<bundle dependency=\"true\" start-level=\"85\">" + SECOND + "</bundle>",
                        "<condition>http</condition><bundle>" + SECOND + "</bundle>",
                        "<capability>acme;x=1</capability>");
    }
}
