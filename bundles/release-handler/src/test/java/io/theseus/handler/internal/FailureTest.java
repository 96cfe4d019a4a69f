// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.Direction;
import io.theseus.api.UpgradeAction;
import io.theseus.release.InstallOptions;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;
    private final List<String> done = new ArrayList<>();

    @BeforeEach
    void open() {
        world = new World(folder);
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        world.deciding.restarted.add("web");
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0", "web 1.0.0");
        world.accounts("ledger 1.0.0").balances.put("alice", 5L);
        world.accounts("ledger 1.0.0").running = true;
        world.deciding.applies.add(new Instruction.Apply("pricing", "reindex", Map.of(), Direction.UP));
        world.components.actions.put("reindex", (change, args) -> {
            done.add("reindex");
            world.log.call("apply reindex");
            return () -> done.add("undo reindex");
        });
        two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 2.0.0", "web 2.0.0");
    }

    @AfterEach
    void close() {
        world.close();
    }

    // 23 calls to ports and components are made on the way; the last one is the action.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23})
    void whateverCallFailsEverythingIsTakenBack(int call) {
        int mark = world.log.mark();
        world.log.failAtCall(call);

        Outcome outcome = installed();

        String failed = world.log.since(mark).get(call - 1);
        boolean early = world.log.since(mark).subList(0, call).stream().noneMatch(c -> c.startsWith("close"));
        assertThat(outcome).as(failed).isEqualTo(early ? Outcome.REFUSED : Outcome.UNDONE);
        assertAsBefore();
        assertThat(world.handler.history()).last().satisfies(report -> {
            assertThat(report.outcome()).isEqualTo(outcome);
            assertThat(report.problems()).isNotEmpty();
        });
    }

    @Test
    void theScriptMakesAsManyCallsAsTheTestAboveFails() {
        int mark = world.log.mark();

        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(world.log.since(mark)).hasSize(23).last().isEqualTo("apply reindex");
    }

    @Test
    void whatCouldNotBeTakenBackBeforeASecondAttemptIsNotForgotten() {
        world.switchboard.vetoes.add("pricing");
        int mark = world.log.mark();
        world.log.failOn("resume ledger 1.0.0");

        assertThat(installed()).isEqualTo(Outcome.BROKEN);
        assertThat(world.log.since(mark)).contains("resume ledger 1.0.0");
    }

    @Test
    void aPreparationThatCanNotBeTakenBackIsNoRefusal() {
        world.log.failOn("warm", "uninstall pricing 2.0.0");

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.problems()).extracting(Problem::where).containsExactly("warm", "uninstall pricing 2.0.0");
    }

    @Test
    void anInterruptThatAnActionLeavesBehindDoesNotDisturbTheUndo() {
        world.components.actions.put("reindex", (change, args) -> {
            Thread.currentThread().interrupt();
            throw new IOException("no index");
        });

        assertThat(installed()).isEqualTo(Outcome.UNDONE);
        assertAsBefore();
        assertThat(world.handler.history()).last().satisfies(report -> {
            assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
            assertThat(report.problems()).hasSize(1);
        });
    }

    @Test
    void callsInNewCodeEndBeforeItIsStopped() {
        world.components.actions.put("reindex", (change, args) -> {
            world.switchboard.busy = List.of(new BusyCall("http-7", "pricing", List.of("Pricing.post")));
            throw new IOException("no index");
        });
        int mark = world.log.mark();

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(world.log.since(mark)).containsSubsequence("switch", "switch", "await idle", "stop pricing 2.0.0");
        assertThat(report.figures()).containsEntry(Report.Figure.INTERRUPTED, 1L);
        assertThat(report.problems())
                .extracting(Problem::toString)
                .anyMatch(
                        p -> p.contains("1 calls still ran in it") && p.contains("http-7 in pricing at Pricing.post"));
        assertAsBefore();
    }

    @Test
    void whatHappenedSinceTheSwitchIsHandedBack() {
        world.components.actions.put("reindex", (change, args) -> {
            world.accounts("ledger 2.0.0").balances = Map.of("alice", 6L);
            throw new IOException("no index");
        });

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).extracting(Problem::toString).anyMatch(p -> p.contains("no index"));
        assertThat(world.accounts("ledger 1.0.0").balances).isEqualTo(Map.of("alice", 6L));
        assertThat(world.accounts("ledger 1.0.0").running).isTrue();
        assertThat(world.accounts("ledger 1.0.0").taken).get().satisfies(change -> {
            assertThat(change.direction()).isEqualTo(Direction.DOWN);
            assertThat(change.from()).hasToString("2.0.0");
            assertThat(change.to()).hasToString("1.0.0");
        });
    }

    @Test
    void codeThatDoesNotLinkUndoesTheInstallAsAnExceptionDoes() {
        world.components.actions.put("reindex", (change, args) -> {
            throw new NoClassDefFoundError("ledger/Index");
        });

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("apply-failed");
            assertThat(problem.text()).contains("ledger/Index (NoClassDefFoundError)");
        });
        assertAsBefore();
    }

    @Test
    void aBundleOfOtherContentThatIsInstalledAlreadyIsNotTakenForTheReleases() {
        world.code.install(
                world.handler.find("2.0.0").release().bundle("pricing").orElseThrow(), folder.resolve("shop-2.0.0"));
        world.code.foreign.add("pricing 2.0.0");

        assertThat(installed()).isEqualTo(Outcome.REFUSED);
        assertThat(world.handler
                        .history()
                        .get(world.handler.history().size() - 1)
                        .problems())
                .singleElement()
                .asString()
                .contains("pricing 2.0.0 is installed with other content");
        assertThat(world.code.bundles.values()).extracting(Object::toString).contains("pricing 2.0.0");
    }

    @Test
    void aBundleInTheStoreThatHasChangedSinceIsNotInstalled() throws IOException {
        String sha = world.handler
                .find("2.0.0")
                .release()
                .bundle("pricing")
                .orElseThrow()
                .sha256();
        Files.writeString(folder.resolve("releases/bundles/" + sha + ".jar"), "pricing 2.0.0 evil");

        assertThat(installed()).isEqualTo(Outcome.REFUSED);
        assertThat(world.handler
                        .history()
                        .get(world.handler.history().size() - 1)
                        .problems())
                .singleElement()
                .asString()
                .contains(sha)
                .contains("it has changed since it was unpacked");
        assertAsBefore();
    }

    @Test
    void whatACallInstalledBeforeItFailedIsRemoved() {
        world.code.failsAfterInstall = true;

        assertThat(installed()).isEqualTo(Outcome.REFUSED);

        assertAsBefore();
    }

    @Test
    void aGenerationThatWasOpenedByACallThatFailedIsDropped() {
        world.switchboard.failsAfterOpen = true;

        assertThat(installed()).isEqualTo(Outcome.REFUSED);

        assertAsBefore();
    }

    @Test
    void aSwitchThatWasMadeByACallThatFailedIsTakenBack() {
        world.switchboard.failsAfterSwitch = true;

        assertThat(installed()).isEqualTo(Outcome.UNDONE);

        assertAsBefore();
    }

    @Test
    void dataThatWasWrittenSinceTheSwitchIsBroughtBackWhileAllIsQuiet() {
        world.components.actions.put("reindex", (change, args) -> {
            world.log.call("action");
            throw new IOException("no index");
        });
        int mark = world.log.mark();

        installed();

        List<String> calls = world.log.since(mark);
        List<String> undone = calls.subList(calls.indexOf("action"), calls.size());
        assertThat(undone)
                .containsSubsequence(
                        "close [ledger, web]", "suspend ledger 2.0.0", "bring back 10 13", "resume ledger 1.0.0");
        assertThat(undone).containsSubsequence("bring back 12 15", "start web 1.0.0", "open gates", "give back 10 13");
    }

    @Test
    void aFailedRollbackGivesTheNewVersionWhatTheOldOneWroteMeanwhile() {
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        int mark = world.log.mark();
        world.disk.full = false;

        Progress filling = (phase, text, elapsed) -> world.disk.full |= phase.equals("done");
        Report report = world.handler.rollback(false, filling);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        List<String> calls = world.log.since(mark);
        assertThat(calls.subList(calls.indexOf("open gates"), calls.size()))
                .containsSubsequence(
                        "close [ledger, web]", "suspend ledger 1.0.0", "share 10 13", "resume ledger 2.0.0");
        assertThat(calls).noneMatch(call -> call.startsWith("give back"));
    }

    @Test
    void aReleaseThatWasRecordedAndTakenBackIsUnpackedAgain() {
        world.disk.fullAfterReplace = true;

        assertThat(installed()).isEqualTo(Outcome.UNDONE);

        world.disk.full = false;
        assertAsBefore();
    }

    @Test
    void aRollbackCleansUpWithoutAJournal() {
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        Progress filling = (phase, text, elapsed) -> world.disk.full |= phase.equals("purge");

        Report report = world.handler.rollback(false, filling);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.problems()).extracting(Problem::code).contains("journal");
        assertThat(world.code.bundles).hasSize(3);
        assertThat(world.switchboard.other).isEmpty();
    }

    @Test
    void withoutAWayBackTheLossIsReported() {
        world.deciding.wayBack = false;
        world.components.actions.put("reindex", (change, args) -> {
            throw new IOException("no index");
        });

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.problems()).extracting(Problem::code).contains("state-lost");
        assertThat(world.accounts("ledger 1.0.0").balances).isEqualTo(Map.of("alice", 5L));
        assertAsBefore();
    }

    @Test
    void callsThatDoNotEndUndoTheInstallAndAreNamed() {
        world.switchboard.notQuiet = List.of(new BusyCall("http-7", "ledger", List.of("Report.slow(Report.java:12)")));

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo("not-quiet");
            assertThat(p.text()).contains("http-7").contains("Report.slow");
        });
        assertAsBefore();
    }

    @Test
    void statesGoBackThoughCallsDoNotEnd() {
        world.components.actions.put("reindex", (change, args) -> {
            world.accounts("ledger 2.0.0").balances = Map.of("alice", 6L);
            world.switchboard.notQuiet =
                    List.of(new BusyCall("http-7", "ledger", List.of("Report.slow(Report.java:12)")));
            throw new IOException("no index");
        });

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(world.accounts("ledger 1.0.0").balances).isEqualTo(Map.of("alice", 6L));
        assertThat(report.problems())
                .filteredOn(p -> p.code().equals("state-lost"))
                .singleElement()
                .asString()
                .contains("1 calls were still running")
                .contains("http-7");
        assertThat(world.accounts("ledger 1.0.0").running).isTrue();
    }

    @Test
    void aComponentIsNotResumedWhileItsSuspendHasNotEnded() {
        CountDownLatch end = new CountDownLatch(1);
        world.accounts.put("ledger 1.0.0", new Accounts("ledger 1.0.0", world.log) {
            @Override
            public Map<String, Long> suspend() {
                awaitWhateverHappens(end);
                return super.suspend();
            }
        });
        int mark = world.log.mark();

        Report report = world.handler.install(
                two, InstallOptions.DEFAULT.withDrainTimeout(Duration.ofMillis(50)), Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(world.log.since(mark)).doesNotContain("resume ledger 1.0.0");
        assertThat(report.problems()).extracting(Problem::code).containsExactly("suspend-failed", "resume-failed");
        end.countDown();
    }

    @Test
    void aComponentThatSuspendsLateIsResumedAfterThat() {
        world.accounts.put("ledger 1.0.0", new Accounts("ledger 1.0.0", world.log) {
            @Override
            public Map<String, Long> suspend() {
                awaitInterrupt();
                return super.suspend();
            }
        });
        int mark = world.log.mark();

        Report report = world.handler.install(
                two, InstallOptions.DEFAULT.withDrainTimeout(Duration.ofMillis(500)), Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(world.log.since(mark)).containsSubsequence("suspend ledger 1.0.0", "resume ledger 1.0.0");
        assertThat(world.accounts("ledger 1.0.0").running).isTrue();
    }

    @Test
    void aVetoSuspendsTheCallerTooAndTriesAgain() {
        world.switchboard.vetoes.add("checkout");
        int mark = world.log.mark();

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.log.since(mark))
                .containsSubsequence(
                        "close [ledger, web]",
                        "suspend ledger 1.0.0",
                        "stop web 1.0.0",
                        "switch",
                        "start web 1.0.0",
                        "resume ledger 1.0.0",
                        "open gates",
                        "close [checkout, ledger, web]",
                        "suspend ledger 1.0.0",
                        "stop web 1.0.0",
                        "switch",
                        "start web 2.0.0",
                        "resume ledger 2.0.0");
    }

    @Test
    void vetoesWithoutEndUndoTheInstall() {
        world.switchboard.vetoes.addAll(List.of("a", "b", "c", "d"));

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).extracting(Problem::code).containsExactly("not-quiet");
        assertAsBefore();
    }

    @Test
    void checkDoesEverythingUpToThePointOfNoReturnAndTakesItBack() {
        int mark = world.log.mark();

        Report report = world.handler.check(two, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.log.since(mark)).contains("start ledger 2.0.0", "uninstall ledger 2.0.0");
        assertThat(world.log.since(mark)).noneMatch(c -> c.startsWith("close") || c.equals("switch"));
        assertThat(done).isEmpty();
        assertAsBefore();
    }

    @Test
    void checkNamesAnActionThatIsMissing() {
        world.components.actions.clear();

        assertThatThrownBy(() -> world.handler.check(two, Progress.SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no action 'reindex'")
                .hasMessageContaining(UpgradeAction.NAME);
    }

    @Test
    void aComponentThatIsNotActiveIsFoundBeforeThePointOfNoReturn() {
        Problem problem = Problem.of("component-not-active", "pricing", "activation threw");
        for (long id = 13; id < 20; id++) {
            world.code.inactive.put(id, List.of(problem));
        }

        assertThatThrownBy(() -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.problems()).contains(problem));
        assertAsBefore();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 13})
    void severalInstancesOfAStatefulComponentAreRefusedInEitherVersion(long first) {
        for (long id = first; id < first + 13; id++) {
            world.components.instances.put(id, 3);
        }

        assertThatThrownBy(() -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo("several-instances");
                            assertThat(problem.where()).contains("ledger.Accounts");
                            assertThat(problem.text()).contains("3 instances");
                        }));
        assertAsBefore();
    }

    @Test
    void anUndoThatFailsIsSaidAndStopsNoOtherUndo() {
        world.switchboard.unfit = List.of();
        world.components.actions.put("reindex", (change, args) -> {
            world.log.failOn(c -> c.equals("start web 1.0.0"));
            throw new IOException("no index");
        });

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(world.switchboard.closed).isEmpty();
        assertThat(world.accounts("ledger 1.0.0").running).isTrue();
    }

    @Test
    void afterAnUndoThatFailedNothingIsDoneUntilTheContainerIsRestarted() {
        world.log.failOn("warm", "uninstall pricing 2.0.0");
        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThatThrownBy(() -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("report " + report.number() + " failed, and taking it back failed too")
                .hasMessageContaining("restart the container");
        assertThat(world.handler.status().activity()).startsWith("broken");

        world.restart();

        assertThat(installed()).isEqualTo(Outcome.DONE);
    }

    @Test
    void aConfigurationThatWouldCostAStateIsRefused() {
        world.deciding.last.add(new Instruction.SetConfig("ledger.pid", Map.of("size", 3), ConfigMode.MERGE));
        world.components.renewing = "ledger.pid";

        assertThatThrownBy(() -> world.handler.check(two, Progress.SILENT))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo("config-loses-state");
                            assertThat(problem.where()).contains("ledger.Accounts");
                            assertThat(problem.hint()).contains("@Modified");
                        }));
        assertThat(installed()).isEqualTo(Outcome.REFUSED);
        assertAsBefore();
    }

    @Test
    void aConfigurationOfWhatIsRestartedCostsNoMore() {
        world.deciding.last.add(new Instruction.SetConfig("ledger.pid", Map.of("size", 3), ConfigMode.MERGE));
        world.deciding.restarted.add("ledger");
        world.components.renewing = "ledger.pid";

        assertThat(installed()).isEqualTo(Outcome.DONE);
    }

    private static void awaitWhateverHappens(CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                // It has its reasons.
                Thread.onSpinWait();
            }
        }
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // That is what it waits for.
            Thread.onSpinWait();
        }
    }

    private Outcome installed() {
        try {
            return world.handler
                    .install(two, InstallOptions.DEFAULT, Progress.SILENT)
                    .outcome();
        } catch (RefusedException e) {
            return Outcome.REFUSED;
        }
    }

    private void assertAsBefore() {
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "pricing 1.0.0", "web 1.0.0");
        assertThat(world.code.bundles).hasSize(3);
        assertThat(world.switchboard.switched).isFalse();
        assertThat(world.switchboard.other).isEmpty();
        assertThat(world.switchboard.closed).isEqualTo(Set.of());
        assertThat(world.accounts("ledger 1.0.0").running).isTrue();
        assertThat(world.accounts("ledger 1.0.0").balances).isEqualTo(Map.of("alice", 5L));
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.UNPACKED);
        assertThat(world.handler.status().current()).isEqualTo(ReleaseId.parse("shop/1.0.0"));
        assertThat(done.stream().filter("reindex"::equals).count())
                .isLessThanOrEqualTo(
                        done.stream().filter("undo reindex"::equals).count() + 1);
    }
}
