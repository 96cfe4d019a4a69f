// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.Direction;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.ApplicationChange.Replace;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger comes in another build of the version that runs. */
class RebuiltTest {
    private static final String FIRST = "ledger 1.0.0";
    private static final String SECOND = "ledger 1.0.0 again";
    private static final long OLD = 10;
    private static final long NEW = 12;

    @TempDir
    Path folder;

    private World world;
    private Accounts old;
    private Accounts next;
    private ReleaseId one;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        one = world.running("1.0.0", FIRST, "pricing 1.0.0");
        old = world.accounts(FIRST);
        next = new Accounts("second ledger", world.log);
        world.components.replace(NEW, "ledger.Accounts", next);
        old.balances.put("alice", 5L);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Report upgrade(String build) {
        URI file = world.bundle(build);
        return world.handler.change(
                List.of(new Replace(Direction.UP, "ledger", file)), InstallOptions.DEFAULT, Progress.SILENT);
    }

    private void permanent(ReleaseId release) {
        world.handler.makePermanent(release, PermanentOptions.DEFAULT, Progress.SILENT);
    }

    /** What the ledgers that are installed were made of, oldest first. */
    private List<String> builds() {
        return world.code.bundles.values().stream()
                .filter(bundle -> bundle.symbolicName().equals("ledger"))
                .map(Installed::id)
                .map(world.code.contents::get)
                .toList();
    }

    @Test
    void itComesBesideTheFirstAndIsHandedItsState() {
        int mark = world.log.mark();

        Report report = upgrade(SECOND);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.to()).isEqualTo(ReleaseId.parse("shop/1.0.0.ledger-1_0_0"));
        assertThat(world.log.since(mark))
                .contains("install another ledger 1.0.0", "open {10=12} handovers [[ledger.Accounts]]");
        assertThat(next.balances).isEqualTo(Map.of("alice", 5L));
        assertThat(builds()).containsExactly(FIRST, SECOND);
    }

    @Test
    void theSameBuildIsRefused() {
        assertThatThrownBy(() -> upgrade(FIRST))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is not above 1.0.0");
    }

    @Test
    void itIsTheOneThatIsLeftWhenItIsPermanentAndTheNextOneToo() {
        permanent(upgrade(SECOND).to());
        assertThat(builds()).containsExactly(SECOND);
        world.restart();
        assertThat(builds()).containsExactly(SECOND);

        ReleaseId third = upgrade("ledger 1.0.0 oncemore").to();
        permanent(third);

        assertThat(third).isEqualTo(ReleaseId.parse("shop/1.0.0.ledger-1_0_0-ledger-1_0_0"));
        assertThat(builds()).containsExactly("ledger 1.0.0 oncemore");
    }

    @Test
    void rollbackLeadsToTheFirstAndARestartAfterItToo() {
        upgrade(SECOND);
        next.balances = Map.of("bob", 7L);

        Report report = world.handler.rollback(false, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(old.balances).isEqualTo(Map.of("bob", 7L));
        assertThat(builds()).containsExactly(FIRST);
        world.restart();
        assertThat(builds()).containsExactly(FIRST);
    }

    @Test
    void theReleaseBeforeBringsTheFirstBackOutOfTheStore() {
        permanent(upgrade(SECOND).to());

        world.handler.install(one, InstallOptions.DEFAULT, Progress.SILENT);
        permanent(one);

        assertThat(builds()).containsExactly(FIRST);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
    void aKillDuringTheInstallLeavesTheFirst(int call) {
        world.log.killAtCall(call);
        assertThatThrownBy(() -> upgrade(SECOND)).hasCauseInstanceOf(Log.Killed.class);

        world.restart();

        assertThat(builds()).containsExactly(FIRST);
        assertThat(world.code.persistent()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void aKillAfterTheCommitLeavesTheSecond(int call) {
        ReleaseId two = upgrade(SECOND).to();
        world.log.killAtCall(call);
        assertThatThrownBy(() -> permanent(two)).hasCauseInstanceOf(Log.Killed.class);

        world.restart();

        assertThat(world.handler.status().current()).isEqualTo(two);
        assertThat(builds()).containsExactly(SECOND);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
        assertThat(world.code.persistent()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
    }

    @Test
    void theFirstComesBackOutOfTheStoreWhenSomebodyHasTakenItAwayMeanwhile() {
        upgrade(SECOND);
        world.code.uninstall(OLD);

        world.restart();

        assertThat(world.handler.status().current()).isEqualTo(one);
        assertThat(builds()).containsExactly(FIRST);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
    }
}
