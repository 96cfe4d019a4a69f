// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.api.Direction;
import io.theseus.api.UpgradeAction;
import io.theseus.port.CodeServer.Start;
import io.theseus.port.Switchboard.Line;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import io.theseus.release.Status.BusyCall;
import io.theseus.relup.ConfigMode;
import io.theseus.relup.Instruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartTest {
    private static final List<String> ONE = List.of("other 1.0.0", "pricing 1.0.0", "web 1.0.0");
    private static final List<String> TWO = List.of("other 1.0.0", "pricing 2.0.0", "web 2.0.0");
    private static final InstallOptions SOON = InstallOptions.DEFAULT.withRestartLimit(Duration.ofSeconds(2));
    private static final Instruction CONFIGURE =
            new Instruction.SetConfig("pricing", Map.of("currency", "CHF"), ConfigMode.MERGE);

    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;
    private final List<String> done = new ArrayList<>();

    @BeforeEach
    void open() {
        world = new World(folder);
        world.running("1.0.0", "pricing 1.0.0", "web 1.0.0", "other 1.0.0");
        two = world.unpack("2.0.0", "pricing 2.0.0", "web 2.0.0", "other 1.0.0");
        world.deciding.anew = true;
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Report install(InstallOptions options) {
        return world.handler.install(two, options, Progress.SILENT);
    }

    private Report install() {
        return install(InstallOptions.DEFAULT);
    }

    private ReleaseStatus status() {
        return world.handler.find("2.0.0").status();
    }

    private Report last() {
        List<Report> history = world.handler.history();
        return history.get(history.size() - 1);
    }

    private void servesTheFirst() {
        assertThat(world.code.active()).isEqualTo(ONE);
        assertThat(world.code.persistent()).isEqualTo(ONE);
        assertThat(world.code.bundles).hasSize(3);
        assertThat(status()).isEqualTo(ReleaseStatus.UNPACKED);
    }

    private void servesTheSecond() {
        assertThat(world.code.active()).isEqualTo(TWO);
        // So that the next start leads back.
        assertThat(world.code.persistent()).containsExactly("other 1.0.0");
        assertThat(status()).isEqualTo(ReleaseStatus.CURRENT);
        assertThat(world.handler.status().current()).isEqualTo(two);
    }

    @Test
    void aBundleOfOtherContentThatIsInstalledAlreadyIsNotRestartedInto() {
        world.code.install(
                world.handler.find("2.0.0").release().bundle("pricing").orElseThrow(), folder.resolve("shop-2.0.0"));
        world.code.foreign.add("pricing 2.0.0");
        int mark = world.log.mark();

        assertThatThrownBy(this::install)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("pricing 2.0.0 is installed with other content");
        assertThat(world.log.since(mark)).doesNotContain("restart");
        assertThat(status()).isEqualTo(ReleaseStatus.UNPACKED);
    }

    @Test
    void theContainerRestartsIntoTheReleaseAndItIsCurrent() {
        int mark = world.log.mark();
        webIsCalled();

        assertThat(install().outcome()).isEqualTo(Outcome.RESTARTING);
        assertThat(status()).isEqualTo(ReleaseStatus.TMP_CURRENT);
        assertThat(world.log.since(mark))
                .containsSubsequence(
                        "install pricing 2.0.0",
                        "resolve",
                        "close [web]",
                        "stop pricing 1.0.0",
                        "stop web 1.0.0",
                        "restart")
                .doesNotContain("switch", "start pricing 2.0.0");
        assertThatThrownBy(() -> world.handler.rollback(false, Progress.SILENT))
                .hasMessageContaining("the container restarts into shop/2.0.0");

        world.restart();

        servesTheSecond();
        assertThat(last().operation()).isEqualTo("trial");
        assertThat(last().outcome()).isEqualTo(Outcome.DONE);
        assertThat(folder.resolve("releases/TRIAL")).doesNotExist();
    }

    @Test
    void itIsMadePermanentAsAnyOther() {
        install();
        world.restart();

        assertThat(world.handler
                        .makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT)
                        .problems())
                .isEmpty();

        assertThat(world.code.persistent()).isEqualTo(TWO);
        world.restart();
        assertThat(world.code.active()).isEqualTo(TWO);
        assertThat(world.code.bundles).hasSize(3);
    }

    @Test
    void aRollbackRestartsIntoThePermanentReleaseWithTheDataOfTheNewerOne() {
        install();
        world.restart();
        int mark = world.log.mark();
        long old = world.code.id("pricing 1.0.0");
        long next = world.code.id("pricing 2.0.0");

        assertThat(world.handler.rollback(false, Progress.SILENT).outcome()).isEqualTo(Outcome.RESTARTING);

        assertThat(world.log.since(mark))
                .containsSubsequence("stop pricing 2.0.0", "give back " + old + " " + next + " written", "restart");
        world.restart();
        servesTheFirst();
    }

    @Test
    void aRollbackThatLosesStateWantsToBeTold() {
        world.unpack("3.0.0", "ledger 1.0.0", "other 1.0.0");
        world.handler.install(ReleaseId.parse("shop/3.0.0"), InstallOptions.DEFAULT, Progress.SILENT);
        world.restart();

        assertThatThrownBy(() -> world.handler.rollback(false, Progress.SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("holds its state in memory");
        assertThat(world.handler.rollback(true, Progress.SILENT).outcome()).isEqualTo(Outcome.RESTARTING);
    }

    @Test
    void aRestartLaterLeadsToThePermanentRelease() {
        install();
        world.restart();

        world.restart();

        servesTheFirst();
    }

    @Test
    void releaseHandlingThatIsStartedAgainAloneLeavesItCurrent() {
        install();
        world.restart();
        world.handler.close();

        world.handler = world.open();

        servesTheSecond();
        assertThat(world.handler.rollback(false, Progress.SILENT).outcome()).isEqualTo(Outcome.RESTARTING);
    }

    @Test
    void whatDoesNotComeUpWellLeadsBackAndIsNotTriedAgain() {
        install(SOON);
        int mark = world.log.mark();
        world.code.inactive.put(
                world.code.id("pricing 2.0.0"),
                List.of(Problem.of("component-not-active", "pricing 2.0.0 component P", "has no service X")));

        world.restart();

        assertThat(world.log.since(mark)).endsWith("restart");
        assertThat(last().outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(last().problems()).extracting(Problem::code).containsExactly("not-well", "component-not-active");
        world.restart();
        servesTheFirst();
        assertThat(world.handler.history()).last().extracting(Report::operation).isEqualTo("trial");
    }

    @Test
    void whatWasNotWellBeforeIsNoReasonToGoBack() {
        world.code.inactive.put(
                world.code.id("pricing 1.0.0"),
                List.of(Problem.of("component-not-active", "pricing 1.0.0 component P", "has no service X")));
        install();
        world.code.inactive.put(
                world.code.id("pricing 2.0.0"),
                List.of(Problem.of("component-not-active", "pricing 2.0.0 component P", "has no service X")));

        world.restart();

        servesTheSecond();
    }

    @Test
    void aBundleThatDoesNotStartLeadsBack() {
        install();
        world.down();
        world.log.failOn(call -> call.equals("start web 2.0.0"));
        world.handler = world.open();
        world.up();

        assertThat(last().problems()).extracting(Problem::code).containsExactly("injected");
        world.restart();
        servesTheFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void aKillBeforeTheRestartLeadsToOneOfTheTwo(int call) {
        world.deciding.last.add(CONFIGURE);
        world.log.killAtCall(call);
        try {
            install();
        } catch (IllegalStateException e) {
            assertThat(e).hasCauseInstanceOf(Log.Killed.class);
        }
        assertThat(world.log.dead()).isTrue();

        world.restart();

        if (call < 11) {
            servesTheFirst();
            assertThat(world.configurations.all).isEmpty();
            assertThat(last().outcome()).isEqualTo(Outcome.INTERRUPTED);
            world.deciding.last.clear();
            assertThat(install().outcome()).isEqualTo(Outcome.RESTARTING);
        } else {
            servesTheSecond();
            assertThat(world.configurations.all).containsKey("pricing");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void aKillDuringTheTrialLeadsToThePermanentRelease(int call) {
        world.deciding.last.add(CONFIGURE);
        install();
        world.down();
        world.log.killAtCall(call);
        try {
            world.handler = world.open();
            world.up();
        } catch (Log.Killed e) {
            assertThat(call).isLessThan(5);
        }
        assertThat(world.log.dead()).isTrue();

        world.restart();

        servesTheFirst();
        assertThat(world.configurations.all).isEmpty();
        assertThat(world.handler.history())
                .anySatisfy(report -> {
                    assertThat(report.operation()).isEqualTo("trial");
                    assertThat(report.outcome()).isEqualTo(Outcome.INTERRUPTED);
                })
                .anySatisfy(report -> assertThat(report.problems())
                        .extracting(Problem::text)
                        .containsExactly(
                                "had not come up when the container ended; it was tried once, and is unpacked now"));
    }

    @Test
    void aDiskThatTakesNoMarkTriesNothing() {
        install();
        world.down();
        world.disk.full = true;
        world.handler = world.open();
        assertThat(world.code.active()).isEqualTo(ONE);
        world.disk.full = false;
        assertThat(status()).isEqualTo(ReleaseStatus.UNPACKED);

        world.restart();

        servesTheFirst();
    }

    @Test
    void aRecordThatCanNotBeReadTriesNothing() throws Exception {
        install();
        Files.writeString(folder.resolve("releases/TRIAL"), "{");

        world.restart();

        servesTheFirst();
    }

    @Test
    void afterARestartWithAFullDiskThePermanentReleaseRunsAllTheSame() {
        install();
        world.restart();
        world.down();
        world.disk.full = true;

        world.handler = world.open();

        assertThat(world.code.active()).isEqualTo(ONE);
        world.disk.full = false;
    }

    @Test
    void theBakeAndWhatComesAfterItSurviveTheRestart() {
        install(InstallOptions.DEFAULT.withBake(Duration.ofMillis(50)).thenPermanent());

        world.restart();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(status()).isEqualTo(ReleaseStatus.PERMANENT));
    }

    @Test
    void aBakeThatFailsRestartsIntoThePermanentRelease() {
        install(InstallOptions.DEFAULT.withBake(Duration.ofMinutes(1)));
        world.restart();
        int mark = world.log.mark();
        world.code.stop(world.code.id("pricing 2.0.0"));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(world.log.since(mark)).endsWith("restart"));
        world.restart();
        servesTheFirst();
    }

    @Test
    void actionsOfTheOldVersionComeBeforeTheRestartAndThoseOfTheNewOneAfterIt() {
        world.components.actions.put("old", action("old"));
        world.components.actions.put("new", action("new"));
        world.deciding.applies.add(new Instruction.Apply("pricing", "new", Map.of(), Direction.UP));
        world.deciding.applies.add(new Instruction.Apply("pricing", "old", Map.of(), Direction.DOWN));
        world.deciding.last.add(CONFIGURE);
        int mark = world.log.mark();

        install();
        assertThat(done).containsExactly("old");
        assertThat(world.log.since(mark))
                .containsSubsequence("stop web 1.0.0", "configure pricing {currency=CHF}", "restart");

        world.restart();
        assertThat(done).containsExactly("old", "new");
        assertThat(world.configurations.all).containsKey("pricing");
        world.restart();
        assertThat(world.configurations.all).isEmpty();
    }

    @Test
    void anActionThatFailsAfterTheRestartTakesTheOthersAlong() {
        world.components.actions.put("new", action("new"));
        world.deciding.applies.add(new Instruction.Apply("pricing", "new", Map.of(), Direction.UP));
        world.deciding.applies.add(new Instruction.Apply("pricing", "absent", Map.of(), Direction.UP));
        install();

        world.restart();

        assertThat(done).containsExactly("new", "undo new");
        assertThat(last().outcome()).isEqualTo(Outcome.UNDONE);
        world.restart();
        servesTheFirst();
    }

    private UpgradeAction action(String name) {
        return (change, args) -> {
            done.add(name);
            return () -> done.add("undo " + name);
        };
    }

    private void webIsCalled() {
        world.switchboard.lines.put("web", new Line("web", 1, Optional.empty(), 1, List.of()));
    }

    @Test
    void whereSomebodyDoesNotLeaveNothingRestarts() {
        webIsCalled();
        world.switchboard.notQuiet = List.of(new BusyCall("poll", "web", List.of()));
        int mark = world.log.mark();

        Report report = install();

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).extracting(Problem::code).containsExactly("not-quiet");
        assertThat(world.log.since(mark)).contains("open gates").doesNotContain("restart");
        servesTheFirst();
    }

    @Test
    void aContainerThatCanNotRestartRefuses() {
        world.restart.problems = List.of(Problem.of("no-restart", "", "was not started by Karaf"));

        assertThatThrownBy(this::install).hasMessageContaining("was not started by Karaf");

        servesTheFirst();
    }

    @Test
    void aCheckTakesItBack() {
        assertThat(world.handler.check(two, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);

        servesTheFirst();
    }

    @Test
    void aScriptThatRestartsLastChangesTheReleaseFirst() {
        world.deciding.anew = false;
        world.deciding.last.add(new Instruction.RestartContainer());
        int mark = world.log.mark();

        assertThat(install().outcome()).isEqualTo(Outcome.RESTARTING);

        assertThat(world.log.since(mark)).containsSubsequence("switch", "close [app-10, app-11]", "restart");
        world.restart();
        servesTheSecond();
    }

    @Test
    void onTheWayDownTheContainerRestartsLastAndChangesNothingBefore() {
        world.deciding.anew = false;
        install();
        world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT);
        world.deciding.anew = true;
        world.deciding.anewLast = true;

        assertThat(world.handler
                        .install(ReleaseId.parse("shop/1.0.0"), InstallOptions.DEFAULT, Progress.SILENT)
                        .outcome())
                .isEqualTo(Outcome.RESTARTING);

        world.restart();
        assertThat(world.code.active()).isEqualTo(ONE);
        assertThat(world.handler.find("1.0.0").status()).isEqualTo(ReleaseStatus.CURRENT);
    }

    @Test
    void somebodyElsesPersistentBundleOfTheReleaseStays() {
        install();
        world.code.start(world.code.id("web 2.0.0"), Start.PERSISTENT);
        world.restart();

        world.restart();

        assertThat(world.code.active()).contains("pricing 1.0.0", "web 1.0.0");
    }
}
