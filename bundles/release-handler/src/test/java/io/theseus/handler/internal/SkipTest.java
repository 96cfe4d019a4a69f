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
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import io.theseus.release.Status.BusyCall;
import io.theseus.relup.Instruction;
import io.theseus.relup.OnTimeout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code on_timeout: skip}. */
class SkipTest {
    private static final InstallOptions SOON = InstallOptions.DEFAULT.withDrainTimeout(Duration.ofMillis(50));

    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;
    private Accounts old;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        world.deciding.onTimeout = OnTimeout.SKIP;
        world.running("1.0.0", "ledger 1.0.0", "web 1.0.0");
        two = world.unpack("2.0.0", "ledger 2.0.0", "web 2.0.0");
        old = world.accounts("ledger 1.0.0");
        old.balances = new HashMap<>(Map.of("anna", 1L));
        old.running = true;
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Report install() {
        return world.handler.install(two, SOON, Progress.SILENT);
    }

    private static class Deaf extends Accounts {
        Deaf(String name, Log log) {
            super(name, log);
        }

        @Override
        public Map<String, Long> suspend() {
            super.suspend();
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return balances;
        }
    }

    private void callsDoNotEnd() {
        world.switchboard.notQuiet = List.of(new BusyCall("http-7", "ledger", List.of()));
    }

    private void suspendDoesNotEnd() {
        old = new Deaf("ledger 1.0.0", world.log);
        old.balances = new HashMap<>(Map.of("anna", 1L));
        world.components.replace(world.code.id("ledger 1.0.0"), "ledger.Accounts", old);
    }

    @Test
    void aComponentWhoseCallsDoNotEndIsLeftAloneAndItsSuccessorBeginsAfresh() {
        callsDoNotEnd();
        int mark = world.log.mark();

        Report report = install();

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.problems()).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo("skipped");
            assertThat(p.text()).contains("1 calls did not end within 50 ms");
        });
        assertThat(world.log.since(mark))
                .containsSubsequence("close [ledger]", "open gates", "resume ledger 2.0.0", "switch")
                .doesNotContain("suspend ledger 1.0.0", "code change ledger 2.0.0");
        assertThat(old.running).isTrue();
        assertThat(world.accounts("ledger 2.0.0").running).isTrue();
    }

    @Test
    void aComponentThatDoesNotSuspendIsSkippedAndResumedIfTheInstallIsUndone() {
        suspendDoesNotEnd();
        world.deciding.applies.add(new Instruction.Apply("ledger", "reindex", Map.of(), Direction.UP));
        UpgradeAction failing = (change, args) -> {
            throw new IllegalStateException("no room");
        };
        world.components.actions.put("reindex", failing);

        Report report = install();

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).extracting(Problem::code).containsExactly("apply-failed", "state-lost");
        assertThat(old.running).isTrue();
        assertThat(old.balances).containsEntry("anna", 1L);
        assertThat(old.taken).isEmpty();
    }

    @Test
    void aComponentThatDoesNotSuspendHandsNothingOver() {
        suspendDoesNotEnd();
        int mark = world.log.mark();

        Report report = install();

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.problems()).extracting(Problem::code).containsExactly("skipped");
        assertThat(world.log.since(mark))
                .containsSubsequence("switch", "resume ledger 2.0.0", "open gates")
                .doesNotContain("code change ledger 2.0.0");
    }

    @Test
    void aRollbackGoesBackToTheStateThatWasKeptAndSaysWhatItLoses() {
        suspendDoesNotEnd();
        install();

        assertThatThrownBy(() -> world.handler.rollback(false, Progress.SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("was skipped by the install");
        assertThat(world.handler.rollback(true, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);
        assertThat(old.running).isTrue();
        assertThat(old.balances).containsEntry("anna", 1L);
        assertThat(old.taken).isEmpty();
    }

    @Test
    void aCallThatAnotherApplicationMustBeRidOfFailsTheInstall() {
        world.deciding.restarted.add("web");
        world.switchboard.notQuiet = List.of(new BusyCall("http-7", "web", List.of()));

        Report report = install();

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).extracting(Problem::code).containsExactly("not-quiet");
        assertThat(old.running).isTrue();
    }
}
