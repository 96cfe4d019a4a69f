// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.deciding.stateful.put("ledger", "ledger.Accounts");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void installSwitchesOnceAndHandsTheStateOver() {
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        world.accounts("ledger 1.0.0").balances.put("alice", 5L);
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 2.0.0");
        int mark = world.log.mark();

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.log.since(mark))
                .containsExactly(
                        "install ledger 2.0.0",
                        "install pricing 2.0.0",
                        "resolve",
                        "share 10 12",
                        "share 11 13",
                        "open {10=12, 11=13} handovers [[ledger.Accounts]]",
                        "start ledger 2.0.0",
                        "start pricing 2.0.0",
                        "warm",
                        "close [ledger]",
                        "suspend ledger 1.0.0",
                        "share 10 12",
                        "switch",
                        "code change ledger 2.0.0",
                        "resume ledger 2.0.0",
                        "open gates");
        assertThat(world.accounts("ledger 2.0.0").balances)
                .isSameAs(world.accounts("ledger 1.0.0").balances)
                .isEqualTo(Map.of("alice", 5L));
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.CURRENT);
        assertThat(world.code.persistent()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
        assertThat(report.figures())
                .containsEntry(Report.Figure.SWITCH_US, 3L)
                .containsEntry(Report.Figure.WAITED, 7L)
                .containsEntry(Report.Figure.LONGEST_WAIT_US, 5000L)
                .containsEntry(Report.Figure.SUSPENDED_US, 6000L);
    }

    @Test
    void aReleaseThatOnlyBringsALibraryIsInstalledAsAnyOther() {
        world.running("1.0.0", "ledger 1.0.0");
        ReleaseId two = world.unpack("2.0.0", "ledger 1.0.0", "money 1.0.0 library");

        Report report = world.handler.install(two, InstallOptions.DEFAULT.thenPermanent(), Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.code.persistent()).containsExactlyInAnyOrder("ledger 1.0.0", "money 1.0.0");
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);
    }

    @Test
    void makePermanentDropsTheOldGeneration() {
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        int mark = world.log.mark();

        Report report = world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT);

        assertThat(report.problems()).isEmpty();
        assertThat(world.log.since(mark))
                .containsExactly(
                        "await idle",
                        "persist ledger 2.0.0",
                        "drop",
                        "uninstall pricing 1.0.0",
                        "uninstall ledger 1.0.0",
                        "settle 10 12",
                        "require shop/2.0.0");
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);
        assertThat(world.handler.find("1.0.0").status()).isEqualTo(ReleaseStatus.OLD);
        assertThat(world.code.persistent()).containsExactly("ledger 2.0.0");
    }

    @Test
    void rollbackSwitchesBackToWarmCodeAndHandsTheStateBack() {
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 2.0.0");
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        world.accounts("ledger 2.0.0").balances = Map.of("bob", 7L);
        int mark = world.log.mark();

        Report report = world.handler.rollback(false, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.log.since(mark))
                .containsExactly(
                        "warm",
                        "close [ledger]",
                        "suspend ledger 2.0.0",
                        "switch",
                        "code change ledger 1.0.0",
                        "bring back 10 12",
                        "resume ledger 1.0.0",
                        "open gates",
                        "await idle",
                        "drop",
                        "stop pricing 2.0.0",
                        "stop ledger 2.0.0",
                        "give back 10 12 written",
                        "give back 11 13 written",
                        "uninstall pricing 2.0.0",
                        "uninstall ledger 2.0.0");
        assertThat(world.accounts("ledger 1.0.0").balances).isEqualTo(Map.of("bob", 7L));
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.UNPACKED);
        assertThat(world.handler.status().current()).isEqualTo(ReleaseId.parse("shop/1.0.0"));
    }

    @Test
    void anApplicationThatCanNotRunTwiceStopsBeforeItsSuccessorStarts() {
        world.running("1.0.0", "web 1.0.0");
        world.deciding.restarted.add("web");
        ReleaseId two = world.unpack("2.0.0", "web 2.0.0");
        int mark = world.log.mark();

        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(world.log.since(mark))
                .containsSubsequence("close [web]", "stop web 1.0.0", "switch", "start web 2.0.0", "open gates");
        assertThat(world.code.active()).containsExactly("web 2.0.0");
    }
}
