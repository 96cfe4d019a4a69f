// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.port.Snapshot.Installed;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two bundles of no release: one is wired to a library that changes, the other to packages of the first. */
class OutsidersTest {
    private static final long REPORT = 90;
    private static final long PRINT = 91;

    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;
    private long money;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.running("1.0.0", "pricing 1.0.0", "money 1.0.0 library");
        money = world.code.id("money 1.0.0");
        put(REPORT, "report", false);
        put(PRINT, "print", false);
        world.code.wire(money, Set.of(REPORT));
        world.code.wire(REPORT, Set.of(PRINT));
        two = world.unpack("2.0.0", "money 1.1.0 library", "pricing 1.0.0");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void put(long id, String name, boolean fragment) {
        world.code.bundles.put(
                id,
                new Installed(
                        id,
                        name,
                        org.osgi.framework.Version.parseVersion("1.0.0"),
                        "mvn:" + name,
                        true,
                        true,
                        80,
                        false,
                        Set.of(),
                        false,
                        fragment));
    }

    private void install() {
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
    }

    private Report refresh() {
        return world.handler.makePermanent(two, PermanentOptions.DEFAULT.refreshing(), Progress.SILENT);
    }

    private List<Problem> refused() {
        int mark = world.log.mark();
        RefusedException refused =
                org.assertj.core.api.Assertions.catchThrowableOfType(RefusedException.class, this::refresh);
        assertThat(world.log.since(mark)).noneMatch(call -> call.startsWith("uninstall") || call.startsWith("refresh"));
        assertThat(world.handler.status().permanent()).isNotEqualTo(two);
        return refused.problems();
    }

    @Test
    void stayWithTheOldCodeUnlessAsked() {
        install();
        int mark = world.log.mark();

        world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT);

        assertThat(world.log.since(mark))
                .contains("uninstall money 1.0.0")
                .noneMatch(call -> call.startsWith("refresh"));
    }

    @Test
    void areWiredAnewWhenTheCodeIsGoneAndNobodyElseIs() {
        install();
        int mark = world.log.mark();

        Report report = refresh();

        assertThat(world.log.since(mark))
                .containsSubsequence("uninstall money 1.0.0", "refresh [90, 91] from [" + money + "]");
        assertThat(report.problems()).isEmpty();
        assertThat(report.steps())
                .anySatisfy(step ->
                        assertThat(step.text()).isEqualTo("refresh report 1.0.0 (bundle 90), print 1.0.0 (bundle 91)"));
    }

    @Test
    void areWiredAnewAfterAnInstallThatIsPermanentAtOnce() {
        int mark = world.log.mark();

        world.handler.install(two, InstallOptions.DEFAULT.thenPermanent().refreshing(), Progress.SILENT);

        assertThat(world.log.since(mark)).contains("refresh [90, 91] from [" + money + "]");
    }

    @Test
    void areNotWiredAnewWhenOneOfThemIsMissedByTheRelease() {
        install();
        world.code.wire(PRINT, Set.of(world.code.id("pricing 1.0.0")));

        assertThat(refused()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("can-not-refresh");
            assertThat(problem.where()).isEqualTo("pricing 1.0.0");
            assertThat(problem.text()).contains("belongs to shop/2.0.0");
        });
    }

    /** Its reference would break for a moment, and what it holds would be lost. */
    @Test
    void areNotWiredAnewWhenTheReleaseUsesAServiceOfOneOfThem() {
        install();
        world.code.callers.put(PRINT, Set.of(world.code.id("pricing 1.0.0")));

        assertThat(refused()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("can-not-refresh");
            assertThat(problem.where()).isEqualTo("print 1.0.0");
            assertThat(problem.text()).contains("offers services that pricing 1.0.0 of shop/2.0.0 uses");
        });
    }

    @Test
    void areWiredAnewWhenOthersOrOldCodeUseTheirServices() {
        install();
        world.code.callers.put(PRINT, Set.of(REPORT, money));

        assertThat(refresh().problems()).isEmpty();
    }

    @Test
    void areNotWiredAnewWhenOneOfThemIsSticky() {
        install();
        world.code.sticky.put("print", "it is the framework");

        assertThat(refused())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("print 1.0.0", "it is the framework"));
    }

    @Test
    void areNotWiredAnewWhenNothingElseOffersWhatTheyNeed() {
        install();
        world.code.unmet.add("report 1.0.0");

        assertThat(refused()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("does-not-resolve");
            assertThat(problem.hint()).contains("leave out --refresh");
        });
    }

    @Test
    void areNotWiredAnewWhenOneIsAFragmentOfWhatGoes() {
        put(92, "patch", true);
        world.code.wire(money, Set.of(REPORT, 92L));
        install();

        assertThat(refused())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("patch 1.0.0", "fragment"));
    }

    @Test
    void mayFailToStartAndTheReleaseIsPermanentAllTheSame() {
        install();
        world.code.refreshed = List.of(Problem.of("does-not-start", "report 1.0.0", "does not run now"));

        Report report = refresh();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.DONE);
        assertThat(report.problems()).extracting(Problem::code).containsExactly("does-not-start");
        assertThat(world.handler.releases())
                .anySatisfy(info -> assertThat(info.release().id() + " " + info.status())
                        .isEqualTo(two + " " + ReleaseStatus.PERMANENT));
    }

    @Test
    void nothingIsAskedOfAnybodyWhenNobodyIsWired() {
        world.code.wire(money, Set.of());
        install();
        int mark = world.log.mark();

        refresh();

        assertThat(world.log.since(mark)).noneMatch(call -> call.startsWith("refresh"));
        assertThatThrownBy(this::refresh).isInstanceOf(RefusedException.class);
    }
}
