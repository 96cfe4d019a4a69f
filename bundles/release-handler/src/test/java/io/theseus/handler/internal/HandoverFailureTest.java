// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.api.Change;
import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Components that do not do their part of a handover: the old one goes on with its state, and nobody else notices. */
class HandoverFailureTest {
    private static final InstallOptions SHORT = InstallOptions.DEFAULT.withDrainTimeout(Duration.ofMillis(50));

    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;
    private final CountDownLatch over = new CountDownLatch(1);

    @BeforeEach
    void open() {
        world = new World(folder);
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        world.accounts("ledger 1.0.0").balances.put("alice", 5L);
        world.accounts("ledger 1.0.0").running = true;
        two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 2.0.0");
    }

    @AfterEach
    void close() {
        over.countDown();
        world.close();
    }

    @Test
    void aMillionEntriesGoThereAndBack() {
        Map<String, Long> balances = new HashMap<>();
        for (long i = 0; i < 1_000_000; i++) {
            balances.put("a" + i, i);
        }
        world.accounts("ledger 1.0.0").balances = balances;

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(sum("ledger 2.0.0")).isEqualTo(499_999_500_000L);
        world.accounts("ledger 2.0.0").balances.put("a0", 1L);
        assertThat(world.handler.rollback(false, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);
        assertThat(sum("ledger 1.0.0")).isEqualTo(499_999_500_001L);
    }

    @Test
    void theReportTellsOfEveryComponentWhatItDid() {
        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        String part = "ledger.Accounts of ledger 1.0.0 -> 2.0.0";
        assertThat(report.steps())
                .extracting(Report.Line::text)
                .containsSubsequence(
                        "wait until calls have ended",
                        "suspend " + part,
                        "change the code of " + part,
                        "resume " + part);
        assertThat(report.steps()).allMatch(step -> step.took().compareTo(report.took()) <= 0);
    }

    @Test
    void codeChangeThatThrowsIsUndone() {
        successor(new Accounts("ledger 2.0.0", world.log) {
            @Override
            public void codeChange(Map<String, Long> state, Change change) {
                throw new IllegalStateException("no such currency");
            }
        });

        assertUndone("code-change-failed", "no such currency", InstallOptions.DEFAULT);
    }

    @Test
    void codeChangeThatBlocksIsUndoneWhenItsTimeIsOver() {
        successor(new Accounts("ledger 2.0.0", world.log) {
            @Override
            public void codeChange(Map<String, Long> state, Change change) {
                forever();
            }
        });

        Report report = assertUndone("code-change-failed", "did not end within 50 ms", SHORT);
        assertThat(report.steps())
                .anyMatch(step -> step.text().startsWith("change the code of ledger.Accounts")
                        && step.text().endsWith(", which did not end"));
    }

    @Test
    void aComponentThatEndsTooLateChangesNothingAnyMore() {
        AtomicReference<Thread> left = new AtomicReference<>();
        successor(new Accounts("ledger 2.0.0", world.log) {
            @Override
            public void codeChange(Map<String, Long> state, Change change) {
                left.set(Thread.currentThread());
                forever();
            }
        });
        assertUndone("code-change-failed", "did not end within 50 ms", SHORT);
        int mark = world.log.mark();
        List<String> journal = world.journal();
        List<Report> history = world.handler.history();

        over.countDown();

        await().until(() -> !left.get().isAlive());
        assertThat(world.log.since(mark)).isEmpty();
        assertThat(world.journal()).isEqualTo(journal);
        assertThat(world.handler.history()).isEqualTo(history);
    }

    @Test
    void aComponentThatEndsTooLateInTheUndoLeavesTheRestOfItDone() {
        AtomicReference<Thread> left = new AtomicReference<>();
        world.accounts.put("ledger 1.0.0", new Accounts("ledger 1.0.0", world.log) {
            @Override
            public void resume() {
                left.set(Thread.currentThread());
                forever();
            }
        });
        world.components.replace(bundle("ledger 1.0.0"), "ledger.Accounts", world.accounts("ledger 1.0.0"));
        successor(new Accounts("ledger 2.0.0", world.log) {
            @Override
            public void codeChange(Map<String, Long> state, Change change) {
                throw new IllegalStateException("no such currency");
            }
        });

        Report report = world.handler.install(two, SHORT, Progress.SILENT);
        List<String> journal = world.journal();
        over.countDown();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.problems()).extracting(Problem::code).contains("code-change-failed", "resume-failed");
        assertThat(world.switchboard.closed).isEqualTo(Set.of());
        assertThat(world.code.active()).isEqualTo(List.of("ledger 1.0.0", "pricing 1.0.0"));
        await().until(() -> !left.get().isAlive());
        assertThat(world.journal()).isEqualTo(journal);
    }

    @Test
    void resumeThatThrowsIsUndoneAndTheStateGoesBack() {
        successor(new Accounts("ledger 2.0.0", world.log) {
            @Override
            public void resume() {
                throw new IllegalStateException("no thread");
            }
        });

        assertUndone("resume-failed", "no thread", InstallOptions.DEFAULT);
    }

    @Test
    void resumeThatBlocksIsUndoneWhenItsTimeIsOver() {
        successor(new Accounts("ledger 2.0.0", world.log) {
            @Override
            public void resume() {
                forever();
            }
        });

        assertUndone("resume-failed", "did not end within 50 ms", SHORT);
    }

    @Test
    void suspendThatBlocksUntilItIsInterruptedIsUndoneAndTheComponentIsResumed() {
        world.accounts.put("ledger 1.0.0", new Accounts("ledger 1.0.0", world.log) {
            @Override
            public Map<String, Long> suspend() {
                running = false;
                untilInterrupted();
                return balances;
            }
        });
        world.accounts("ledger 1.0.0").balances.put("alice", 5L);
        world.components.replace(bundle("ledger 1.0.0"), "ledger.Accounts", world.accounts("ledger 1.0.0"));

        assertUndone(
                "suspend-failed",
                "did not end within 500 ms",
                InstallOptions.DEFAULT.withDrainTimeout(Duration.ofMillis(500)));
    }

    @Test
    void aSuccessorThatDiesWhileItsPredecessorIsSuspendedIsUndone() {
        world.accounts.put("ledger 1.0.0", new Accounts("ledger 1.0.0", world.log) {
            @Override
            public Map<String, Long> suspend() {
                world.components.dead.add(bundle("ledger 2.0.0"));
                return super.suspend();
            }
        });
        world.accounts("ledger 1.0.0").balances.put("alice", 5L);
        world.components.replace(bundle("ledger 1.0.0"), "ledger.Accounts", world.accounts("ledger 1.0.0"));

        assertUndone("no-such-component", "is no longer active", InstallOptions.DEFAULT);
    }

    private Report assertUndone(String code, String text, InstallOptions options) {
        Report report = world.handler.install(two, options, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.where()).contains("ledger.Accounts");
            assertThat(problem.text()).contains(text);
        });
        assertThat(world.code.active()).isEqualTo(List.of("ledger 1.0.0", "pricing 1.0.0"));
        assertThat(world.code.bundles).hasSize(2);
        assertThat(world.switchboard.switched).isFalse();
        assertThat(world.switchboard.closed).isEqualTo(Set.of());
        assertThat(world.accounts("ledger 1.0.0").running).isTrue();
        assertThat(world.accounts("ledger 1.0.0").balances).isEqualTo(Map.of("alice", 5L));
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.UNPACKED);
        return report;
    }

    private void successor(Accounts accounts) {
        world.accounts.put("ledger 2.0.0", accounts);
    }

    private long bundle(String text) {
        return world.code.id(text);
    }

    private long sum(String bundle) {
        return world.accounts(bundle).balances.values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void untilInterrupted() {
        try {
            over.await();
        } catch (InterruptedException e) {
            // what it waits for
        }
    }

    /** Ends neither by itself nor by an interrupt. */
    private void forever() {
        boolean ended = false;
        while (!ended) {
            try {
                over.await();
                ended = true;
            } catch (InterruptedException e) {
                // as a component that takes no notice
            }
        }
    }
}
