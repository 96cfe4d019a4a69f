// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.release.Features;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.karaf.features.BootFinished;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KarafRequirementsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String ONE = "mvn:acme/shop/1.0.0/xml/features";
    private static final String TWO = "mvn:acme/shop/2.0.0/xml/features";
    private static final Features FIRST = new Features(ONE, List.of("shop/1.0.0", "extras/1.0.0"));
    private static final Features SECOND = new Features(TWO, List.of("shop/2.0.0"));
    private static final String NO_REFRESH = " [NoAutoRefreshBundles]";
    private static final String UPGRADE = " [NoAutoRefreshBundles, Upgrade]";

    private final FakeFeatures karaf = new FakeFeatures();
    private final KarafRequirements requirements = new KarafRequirements();
    private final CountDownLatch go = new CountDownLatch(1);

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        requirements.folder = folder;
        karaf.repositories.put(
                ONE,
                Map.of(
                        "shop/1.0.0",
                        List.of("mvn:acme/ledger/1.0.0"),
                        "extras/1.0.0",
                        List.of("mvn:acme/extra/1.0.0")));
        karaf.repositories.put(TWO, Map.of("shop/2.0.0", List.of("mvn:acme/ledger/2.0.0")));
        require("scr/2.2.6");
        requirements.features = karaf.service();
        requirements.bootFinished = new BootFinished() {};
    }

    @AfterEach
    void close() {
        go.countDown();
        requirements.close();
    }

    @Test
    void theRequirementMovesFromOneReleaseToTheNextInOneOperation() {
        karaf.added.add(ONE);
        require("shop/1.0.0");

        assertThat(requirements.require(SECOND, Set.of("shop/1.0.0"), LONG)).isTrue();

        assertThat(karaf.required).containsExactly("feature:scr/[2.2.6,2.2.6]", "feature:shop/[2.0.0,2.0.0]");
        assertThat(karaf.operations).containsExactly("install \\Qshop\\E/[2.0.0,2.0.0]" + UPGRADE);
        assertThat(karaf.added).containsExactly(ONE, TWO);
    }

    @Test
    void whatIsRequiredAlreadyIsNoOperation() {
        require("shop/2.0.0");

        assertThat(requirements.require(SECOND, Set.of("shop/1.0.0"), LONG)).isFalse();

        assertThat(karaf.operations).isEmpty();
    }

    @Test
    void anotherVersionBesideItGoes() {
        karaf.added.add(ONE);
        require("shop/1.0.0", "shop/2.0.0");

        assertThat(requirements.require(SECOND, Set.of(), LONG)).isTrue();

        assertThat(karaf.required).containsExactly("feature:scr/[2.2.6,2.2.6]", "feature:shop/[2.0.0,2.0.0]");
    }

    /** In two operations Karaf would want both releases in between, and bring back what was just replaced. */
    @Test
    void featuresThatOnlyTheFormerReleaseHadGoInTheSameOperation() {
        karaf.added.add(ONE);
        require("shop/1.0.0", "extras/1.0.0");

        assertThat(requirements.require(SECOND, Set.of("shop/1.0.0", "extras/1.0.0"), LONG))
                .isTrue();

        assertThat(karaf.required).containsExactly("feature:scr/[2.2.6,2.2.6]", "feature:shop/[2.0.0,2.0.0]");
        assertThat(karaf.operations)
                .containsExactly(
                        "install \\Qshop\\E/[2.0.0,2.0.0] \\Qextras\\E/[0.0.0.former,0.0.0.former]" + UPGRADE,
                        "uninstall \\Qextras\\E/[0.0.0.former,0.0.0.former]" + NO_REFRESH);
        assertThat(karaf.added).containsExactly(ONE, TWO);
    }

    @Test
    void whatStoodInForAFormerFeatureGoesAlsoAfterAKill() {
        karaf.added.add(TWO);
        require("shop/2.0.0", "extras/0.0.0.former");

        assertThat(requirements.require(SECOND, Set.of("shop/1.0.0", "extras/1.0.0"), LONG))
                .isTrue();

        assertThat(karaf.required).containsExactly("feature:scr/[2.2.6,2.2.6]", "feature:shop/[2.0.0,2.0.0]");
        assertThat(karaf.operations).containsExactly("uninstall \\Qextras\\E/[0.0.0.former,0.0.0.former]" + NO_REFRESH);
    }

    @Test
    void aRepositoryThatWeWroteIsKnownToKarafOnlyAsLongAsItIsWanted() throws IOException {
        Features written = new Features(write("a", "shop/2.1.0"), List.of("shop/2.1.0"));
        Features another = new Features(write("b", "shop/2.2.0"), List.of("shop/2.2.0"));

        requirements.require(written, Set.of(), LONG);
        assertThat(karaf.added).containsExactly(written.repository());
        requirements.require(another, Set.of("shop/2.1.0"), LONG);
        assertThat(karaf.added).containsExactly(another.repository());
        requirements.require(SECOND, Set.of("shop/2.2.0"), LONG);

        assertThat(karaf.added).containsExactly(TWO);
        assertThat(karaf.required).contains("feature:shop/[2.0.0,2.0.0]");
        assertThat(karaf.operations).hasSize(3);
    }

    /** The container was moved to another folder. */
    @Test
    void aRepositoryThatWeWroteAndThatLiesElsewhereNowIsMadeKnown() throws IOException {
        requirements.require(new Features(write("a", "shop/2.1.0"), List.of("shop/2.1.0")), Set.of(), LONG);
        Features moved = new Features(write("b", "shop/2.1.0"), List.of("shop/2.1.0"));

        assertThat(requirements.require(moved, Set.of(), LONG)).isFalse();

        assertThat(karaf.added).containsExactly(moved.repository());
        assertThat(karaf.operations).hasSize(1);
    }

    @Test
    void formerFeaturesOfAnotherVersionThanThatReleaseHadStay() {
        require("shop/2.0.0", "extras/1.1.0");

        assertThat(requirements.require(SECOND, Set.of("extras/1.0.0"), LONG)).isFalse();

        assertThat(karaf.required).contains("feature:extras/[1.1.0,1.1.0]");
    }

    @Test
    void severalFeaturesComeTogether() {
        assertThat(requirements.require(FIRST, Set.of("shop/2.0.0"), LONG)).isTrue();

        assertThat(karaf.operations).hasSize(1);
        assertThat(karaf.required)
                .containsExactly(
                        "feature:extras/[1.0.0,1.0.0]", "feature:scr/[2.2.6,2.2.6]", "feature:shop/[1.0.0,1.0.0]");
    }

    @Test
    void aRepositoryThatIsGoneIsSaidInOneLine() {
        karaf.repositories.remove(TWO);

        assertThatThrownBy(() -> requirements.require(SECOND, Set.of(), LONG))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo("karaf-features");
                            assertThat(problem.text()).endsWith("Error resolving artifact " + TWO);
                        }));
        assertThat(karaf.operations).isEmpty();
    }

    @Test
    void aFeatureThatTheRepositoryDoesNotHaveIsNamed() {
        karaf.repositories.put(TWO, Map.of("market/2.0.0", List.of()));

        assertThatThrownBy(() -> requirements.require(SECOND, Set.of(), LONG))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("finds no feature shop/2.0.0");
        assertThat(karaf.operations).isEmpty();
    }

    @Test
    void aFeatureOnTheBlackListIsNotTakenForRequired() {
        karaf.blacklisted.add("shop/2.0.0");

        assertThatThrownBy(() -> requirements.require(SECOND, Set.of(), LONG))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("does not require shop/2.0.0 though it was asked to");
    }

    @Test
    void whatIsBroughtByAnInstalledFeatureIsFound() {
        karaf.added.addAll(Set.of(ONE, TWO));
        require("shop/1.0.0");

        assertThat(requirements.bringing(
                        Set.of("mvn:acme/ledger/1.0.0", "mvn:acme/ledger/2.0.0", "mvn:acme/extra/1.0.0"), LONG))
                .containsExactly(Map.entry("mvn:acme/ledger/1.0.0", "shop/1.0.0"));
    }

    @Test
    void installedIsWhatKarafHasAndNotAllThatItKnows() {
        karaf.added.addAll(Set.of(ONE, TWO));
        require("shop/1.0.0");

        assertThat(requirements.installed(LONG)).containsExactly("shop/1.0.0");
    }

    @Test
    void anOperationThatTakesTooLongGoesOnAndAnotherOneIsRefusedMeanwhile() {
        karaf.besides = go::await;

        assertThatThrownBy(() -> requirements.require(SECOND, Set.of(), Duration.ofMillis(50)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problems()).extracting(Problem::code).containsExactly("karaf-busy"));
        assertThatThrownBy(() -> requirements.require(SECOND, Set.of(), LONG))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("asked for before goes on still");

        go.countDown();
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(requirements.require(SECOND, Set.of(), LONG)).isFalse());
        assertThat(karaf.operations).hasSize(1);
    }

    @Test
    void repositoriesAreKnownByName() {
        karaf.added.add(TWO);

        assertThat(requirements.known()).containsExactly(Map.entry("shop", TWO));
    }

    @Test
    void callsOneAfterTheOtherAreNeverRefused() {
        karaf.added.add(ONE);
        require("shop/1.0.0");

        for (int i = 0; i < 2_000; i++) {
            assertThat(requirements.bringing(Set.of("mvn:acme/ledger/1.0.0"), LONG))
                    .hasSize(1);
        }
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() {
        karaf.besides = go::await;
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> requirements.require(SECOND, Set.of(), LONG))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("was not waited for");

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void itIsSettledWhenTheBootFeaturesAreInstalled() {
        assertThat(requirements.settled()).isTrue();

        requirements.bootFinished = null;
        assertThat(requirements.settled()).isFalse();
    }

    @Test
    void withoutAFeatureServiceItIsNotSettledAndRefuses() {
        requirements.features = null;

        assertThat(requirements.settled()).isFalse();
        assertThatThrownBy(() -> requirements.require(SECOND, Set.of(), LONG))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("there is no feature service");
    }

    private String write(String release, String id) throws IOException {
        Path file = Files.createDirectories(folder.resolve(release)).resolve(Features.WRITTEN);
        String[] parts = id.split("/", 2);
        Files.writeString(file, "<feature name='" + parts[0] + "' version='" + parts[1] + "'/>");
        return file.toUri().toString();
    }

    private void require(String... ids) {
        for (String id : ids) {
            karaf.required.add(FakeFeatures.requirement(id));
        }
    }
}
