// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.Direction;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.ApplicationChange;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import io.theseus.relup.Instruction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A release in which a library changes, and the ledger that uses it stays in its version and moves along. */
class MovingTest {
    private static final long OLD = 10;
    private static final long NEW = 14;

    @TempDir
    Path folder;

    private World world;
    private Accounts old;
    private Accounts next;
    private ReleaseId two;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0", "money 1.0.0 library");
        two = world.unpack("2.0.0", "money 1.1.0 library", "ledger 1.0.0", "pricing 1.0.0");
        world.deciding.moves.add("ledger");
        old = world.accounts("ledger 1.0.0");
        next = new Accounts("second ledger", world.log);
        world.components.replace(NEW, "ledger.Accounts", next);
        old.balances.put("alice", 5L);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Report install() {
        return world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
    }

    private List<Long> ledgers() {
        return world.code.bundles.values().stream()
                .filter(bundle -> bundle.symbolicName().equals("ledger"))
                .map(Installed::id)
                .toList();
    }

    @Test
    void itIsInstalledASecondTimeAndHandsItsStateToItself() {
        int mark = world.log.mark();

        assertThat(install().outcome()).isEqualTo(Outcome.DONE);

        assertThat(world.log.since(mark))
                .containsExactly(
                        "install money 1.1.0",
                        "install again ledger 1.0.0",
                        "resolve",
                        "share 10 14",
                        "open {10=14} handovers [[ledger.Accounts]]",
                        "start money 1.1.0",
                        "start ledger 1.0.0",
                        "warm",
                        "close [ledger]",
                        "suspend ledger 1.0.0",
                        "share 10 14",
                        "switch",
                        "code change second ledger",
                        "resume second ledger",
                        "open gates");
        assertThat(world.code.separated).isEqualTo("[10, 12] | [13, 14]");
        assertThat(next.balances).isEqualTo(Map.of("alice", 5L));
        assertThat(world.code.bundles.get(OLD).persistent()).isTrue();
        assertThat(world.code.bundles.get(NEW)).satisfies(bundle -> {
            assertThat(bundle.active()).isTrue();
            assertThat(bundle.persistent()).isFalse();
        });
    }

    /** Of two in one version a feature operation would take one away. */
    @Test
    void theSecondIsNotCountedFromItsComingToItsGoing() {
        List<Set<Long>> overlooked = new ArrayList<>();
        world.log.hear(call -> {
            if (call.matches("(start|suspend|switch|uninstall).*")) {
                overlooked.add(world.requirements.overlooked);
            }
        });

        install();
        assertThat(overlooked).hasSize(4).containsOnly(Set.of(13L, NEW));
        overlooked.clear();
        world.handler.rollback(false, Progress.SILENT);

        assertThat(overlooked).hasSizeGreaterThan(3).containsOnly(Set.of(13L, NEW));
        assertThat(world.requirements.overlooked).isEmpty();
    }

    @Test
    void theSecondIsCountedAgainWhenItHasGone() {
        List<Set<Long>> overlooked = new ArrayList<>();
        world.log.hear(call -> {
            if (call.startsWith("uninstall")) {
                overlooked.add(world.requirements.overlooked);
            }
        });

        world.handler.check(two, Progress.SILENT);

        assertThat(overlooked).hasSize(2).containsOnly(Set.of(13L, NEW));
        assertThat(ledgers()).containsExactly(OLD);
        assertThat(world.requirements.overlooked).isEmpty();
    }

    @Test
    void onlyTheSecondIsLeftWhenTheReleaseIsPermanent() {
        install();

        assertThat(world.handler
                        .makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT)
                        .problems())
                .isEmpty();

        assertThat(ledgers()).containsExactly(NEW);
        assertThat(world.code.persistent()).containsExactly("ledger 1.0.0", "money 1.1.0", "pricing 1.0.0");
        world.restart();
        assertThat(ledgers()).containsExactly(NEW);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "money 1.1.0", "pricing 1.0.0");
    }

    @Test
    void rollbackHandsTheStateBackToTheFirst() {
        install();
        next.balances = Map.of("bob", 7L);

        Report report = world.handler.rollback(false, Progress.SILENT);

        assertThat(report.problems()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(old.balances).isEqualTo(Map.of("bob", 7L));
        assertThat(ledgers()).containsExactly(OLD);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "money 1.0.0", "pricing 1.0.0");
    }

    @Test
    void aFailureTakesTheSecondAwayAndNeverTheFirst() {
        world.deciding.applies.add(new Instruction.Apply("ledger", "reindex", Map.of(), Direction.UP));
        world.components.actions.put("reindex", (args, change) -> {
            throw new IllegalStateException("no such index");
        });

        assertThat(install().outcome()).isEqualTo(Outcome.UNDONE);

        assertThat(ledgers()).containsExactly(OLD);
        assertThat(old.running).isTrue();
        assertThat(old.balances).isEqualTo(Map.of("alice", 5L));
    }

    @Test
    void aSecondInstallThatFailedAfterItsWorkIsTakenBack() {
        Progress failing = (phase, text, elapsed) -> world.code.failsAfterInstall |=
                text.contains("load_object_code ledger") && ledgers().size() == 1;

        assertThatThrownBy(() -> world.handler.install(two, InstallOptions.DEFAULT, failing))
                .isInstanceOf(RefusedException.class);

        assertThat(ledgers()).containsExactly(OLD);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void aKillDuringTheInstallLeavesTheFirst(int call) {
        world.log.killAtCall(call);
        assertThatThrownBy(this::install).hasCauseInstanceOf(Log.Killed.class);

        world.restart();

        assertThat(ledgers()).containsExactly(OLD);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "money 1.0.0", "pricing 1.0.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7})
    void aKillAfterTheCommitLeavesOneThatRuns(int call) {
        install();
        world.log.killAtCall(call);
        assertThatThrownBy(() -> world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT))
                .hasCauseInstanceOf(Log.Killed.class);

        world.restart();

        assertThat(ledgers()).hasSize(1);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "money 1.1.0", "pricing 1.0.0");
        assertThat(world.code.persistent()).containsExactly("ledger 1.0.0", "money 1.1.0", "pricing 1.0.0");
    }

    @Test
    void aFirstOneThatSomebodyElseInstalledIsKeptAfterAKillToo() {
        Installed first = world.code.bundles.get(OLD);
        world.code.bundles.put(
                OLD,
                new Installed(
                        OLD,
                        first.symbolicName(),
                        first.version(),
                        "file:by-hand.jar",
                        true,
                        true,
                        first.startLevel(),
                        false,
                        Set.of(),
                        true,
                        false));
        install();

        world.restart();

        assertThat(ledgers()).containsExactly(OLD);
    }

    @Test
    void thereIsNoWayBackWhenSomebodyHasTakenTheFirstAway() {
        install();
        world.code.uninstall(OLD);

        assertThatThrownBy(() -> world.handler.rollback(false, Progress.SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("ledger 1.0.0")
                .hasMessageContaining("was uninstalled meanwhile");

        assertThat(ledgers()).containsExactly(NEW);
        assertThat(world.code.active()).contains("ledger 1.0.0");
        world.restart();
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "money 1.0.0", "pricing 1.0.0");
    }

    @Test
    void itIsTheOneThatServesWhoseHealthCounts() {
        world.deciding.restarted.add("ledger");
        world.deciding.stateful.clear();
        InstallOptions options =
                InstallOptions.DEFAULT.withBake(Duration.ofMillis(20)).thenPermanent();

        // The first one is stopped, and ill.
        world.code.inactive.put(OLD, List.of(Problem.of("component-not-active", "ledger", "has nobody to talk to")));
        Report report = world.handler.install(two, options, Progress.SILENT);

        assertThat(report.problems()).isEmpty();
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);
        assertThat(ledgers()).containsExactly(NEW);
    }

    @Test
    void aLibraryIsUpgradedByItselfToo() {
        // In the order of the release that runs.
        world.components.replace(NEW - 1, "ledger.Accounts", next);
        Report report = world.handler.change(
                List.of(new ApplicationChange.Replace(Direction.UP, "money", world.bundle("money 1.2.0 library"))),
                InstallOptions.DEFAULT,
                Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.balances).isEqualTo(Map.of("alice", 5L));
        assertThat(world.code.active())
                .contains("money 1.2.0")
                .filteredOn("ledger 1.0.0"::equals)
                .hasSize(2);
    }

    @Test
    void aHandlerThatComesBackMeanwhileKnowsThemApart() {
        install();
        next.balances = Map.of("bob", 7L);
        world.handler.close();
        world.handler = world.open();

        assertThat(world.handler.rollback(false, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);

        assertThat(old.balances).isEqualTo(Map.of("bob", 7L));
        assertThat(ledgers()).containsExactly(OLD);
    }
}
