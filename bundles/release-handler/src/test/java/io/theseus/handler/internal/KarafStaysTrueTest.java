// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.api.Direction;
import io.theseus.port.CodeServer.Disturbed;
import io.theseus.release.ApplicationChange;
import io.theseus.release.BundleSpec;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Karaf itself requires follows the permanent release, and nothing but that. */
class KarafStaysTrueTest {
    @TempDir
    Path folder;

    private World world;
    private ReleaseId one;
    private ReleaseId two;

    @BeforeEach
    void open() {
        world = new World(folder);
        one = unpack("1.0.0", "features shop/1.0.0 extras/1.0.0", "ledger 1.0.0", "other 1.0.0");
        two = unpack("2.0.0", "features shop/2.0.0", "ledger 2.0.0", "other 1.0.0");
        install(one);
        permanent(one);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aReleaseThatIsMadePermanentIsRequired() {
        assertThat(world.requirements.required()).containsExactly("extras/1.0.0", "shop/1.0.0");

        install(two);
        assertThat(world.requirements.required()).containsExactly("extras/1.0.0", "shop/1.0.0");

        int mark = world.log.mark();
        assertThat(permanent(two).problems()).isEmpty();

        assertThat(world.requirements.required()).containsExactly("shop/2.0.0");
        assertThat(world.log.since(mark)).containsSubsequence("uninstall ledger 1.0.0", "require shop/2.0.0");
    }

    @Test
    void itIsRequiredAfterRELEASESSaysSo() {
        install(two);
        world.requirements.besides = () -> assertThat(
                        world.store().get("RELEASES").replaceAll("\\s", ""))
                .contains("\"version\":\"2.0.0\",\"status\":\"permanent\"");

        assertThat(permanent(two).problems()).isEmpty();
    }

    @Test
    void aRollbackTellsKarafNothing() {
        install(two);
        int mark = world.log.mark();

        world.handler.rollback(false, Progress.SILENT);

        assertThat(world.log.since(mark)).noneMatch(call -> call.startsWith("require"));
        assertThat(world.requirements.required()).containsExactly("extras/1.0.0", "shop/1.0.0");
    }

    @Test
    void whatKarafRefusesIsAProblemOfTheReportAndTriedAgain() {
        install(two);
        world.requirements.problems = List.of(Problem.of("karaf-features", "", "no such artifact"));

        Report report = permanent(two);

        assertThat(report.outcome()).isEqualTo(Report.Outcome.DONE);
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("karaf-features");
            assertThat(problem.hint()).contains("leads to the release before").contains("told again");
        });
        assertThat(world.handler.find("shop/2.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);
        assertThat(world.code.active()).containsExactly("ledger 2.0.0", "other 1.0.0");
        assertThat(world.requirements.required()).contains("shop/1.0.0");

        world.requirements.problems = List.of();
        awaitRequired("shop/2.0.0");
    }

    @Test
    void aKillBeforeKarafWasToldIsMendedByTheNextStartWhenTheBootFeaturesAreThere() {
        install(two);
        world.requirements.problems = List.of(Problem.of("karaf-busy", "", "was not waited for"));
        permanent(two);
        world.requirements.settled = false;
        world.requirements.problems = List.of();
        world.restart();
        assertThat(world.requirements.required()).contains("shop/1.0.0");

        world.requirements.settled = true;

        awaitRequired("shop/2.0.0");
    }

    @Test
    void whoIsMadePermanentWhileTheContainerBootsIsRequiredLater() {
        install(two);
        world.requirements.settled = false;

        assertThat(permanent(two).problems()).extracting(Problem::code).containsExactly("karaf-busy");

        world.requirements.settled = true;
        awaitRequired("shop/2.0.0");
    }

    @Test
    void theOldReleaseThatTheContainerRestartsIntoIsRequired() {
        install(two);
        permanent(two);

        world.handler.rebootOld(one, Progress.SILENT);
        assertThat(world.requirements.required()).containsExactly("shop/2.0.0");
        world.restart();

        awaitRequired("extras/1.0.0", "shop/1.0.0");
    }

    @Test
    void aContainerThatLostItsStateRequiresThePermanentReleaseAgain() {
        install(two);
        permanent(two);
        world.requirements.required.clear();

        world.restart();

        awaitRequired("shop/2.0.0");
    }

    @Test
    void whatKarafDoesToOtherBundlesMeanwhileIsReported() {
        install(two);
        world.requirements.besides = () -> {
            world.code.disturbed.add(new Disturbed(7, "ledger 1.0.0", "uninstalled"));
            world.code.disturbed.add(new Disturbed(9, "scr 2.2.6", "stopped"));
        };

        assertThat(permanent(two).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("karaf-disturbed");
            assertThat(problem.where()).isEqualTo("scr 2.2.6");
            assertThat(problem.text()).contains("was stopped");
        });
    }

    @Test
    void aFeatureOfSomebodyElseThatHasAReplacedBundleIsNamed() {
        world.requirements.required.add("mine/1.0.0");
        world.requirements.bundles.put(world.bundle("ledger 1.0.0").toString(), "mine/1.0.0");
        world.requirements.bundles.put(world.bundle("other 1.0.0").toString(), "mine/1.0.0");
        install(two);

        Report report = permanent(two);

        assertThat(report.outcome()).isEqualTo(Report.Outcome.DONE);
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("karaf-brings-back");
            assertThat(problem.where()).isEqualTo("mine/1.0.0");
            assertThat(problem.text()).contains("installs ledger 1.0.0 again");
        });
        assertThat(world.requirements.required()).containsExactly("mine/1.0.0", "shop/2.0.0");
    }

    @Test
    void aReleaseThatKarafCanNotReadIsRequiredThroughARepositoryInTheStore() {
        ReleaseId three = unpack("3.0.0", "", "ledger 3.0.0", "other 1.0.0");
        install(three);

        assertThat(permanent(three).problems()).isEmpty();

        assertThat(world.requirements.required()).containsExactly("shop/3.0.0");
        assertThat(world.requirements.repository)
                .isEqualTo(folder.resolve("releases/shop-3.0.0/theseus-features.xml")
                        .toUri()
                        .toString());
        assertThat(world.store().get("shop-3.0.0/theseus-features.xml"))
                .contains("<feature name='shop' version='3.0.0'>")
                .contains(folder.resolve("releases/bundles").toUri().toString());
    }

    /** openhab-core 3983: the bundle that was changed alone was "restored to its original version". */
    @Test
    void oneApplicationThatIsChangedAloneTakesTheFeaturesOfItsReleaseAlong() {
        Report upgraded = world.handler.change(
                List.of(new ApplicationChange.Replace(Direction.UP, "ledger", world.bundle("ledger 3.0.0"))),
                InstallOptions.DEFAULT,
                Progress.SILENT);
        assertThat(permanent(upgraded.to()).problems()).isEmpty();

        assertThat(world.requirements.required())
                .containsExactly("extras/1.0.0.ledger-3_0_0", "shop/1.0.0.ledger-3_0_0");
        world.restart();
        awaitRequired("extras/1.0.0.ledger-3_0_0", "shop/1.0.0.ledger-3_0_0");
    }

    @Test
    void whatIsAddedAndRemovedAloneIsInTheFeaturesOfTheRelease() {
        Report changed = world.handler.change(
                List.of(new ApplicationChange.Add(world.bundle("audit 1.0.0")), new ApplicationChange.Remove("ledger")),
                InstallOptions.DEFAULT,
                Progress.SILENT);
        assertThat(permanent(changed.to()).problems()).isEmpty();

        assertThat(world.requirements.required()).containsExactly("extras/1.0.0.2-changes", "shop/1.0.0.2-changes");
        assertThat(world.store().get("shop-1.0.0.2-changes/theseus-features.xml"))
                .contains(digest(changed.to(), "audit"), digest(one, "other"))
                .doesNotContain(digest(one, "ledger"));
    }

    private String digest(ReleaseId release, String bundle) {
        return world.handler
                .find(release.toString())
                .release()
                .bundle(bundle)
                .map(BundleSpec::sha256)
                .orElseThrow();
    }

    private void awaitRequired(String... ids) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(world.requirements.required()).isEqualTo(Set.of(ids)));
    }

    private ReleaseId unpack(String version, String features, String... bundles) {
        StringBuilder text = new StringBuilder("release shop " + version + "\n");
        if (!features.isEmpty()) {
            text.append(features).append('\n');
        }
        for (String bundle : bundles) {
            text.append("bundle ").append(world.bundle(bundle)).append('\n');
        }
        return world.handler
                .unpack(world.file("shop-" + version, text.toString()))
                .release()
                .id();
    }

    private void install(ReleaseId id) {
        assertThat(world.handler
                        .install(id, InstallOptions.DEFAULT, Progress.SILENT)
                        .outcome())
                .isEqualTo(Report.Outcome.DONE);
    }

    private Report permanent(ReleaseId id) {
        return world.handler.makePermanent(id, PermanentOptions.DEFAULT, Progress.SILENT);
    }
}
