// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrashTest {
    private static final List<String> ONE = List.of("ledger 1.0.0", "pricing 1.0.0", "web 1.0.0");
    private static final List<String> TWO = List.of("ledger 2.0.0", "pricing 2.0.0", "web 2.0.0");

    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        world.deciding.restarted.add("web");
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0", "web 1.0.0");
        two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 2.0.0", "web 2.0.0");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void aKillDuringAnInstallLeadsBackToThePermanentRelease(int call) {
        int mark = world.log.mark();
        world.log.killAtCall(call);
        assertThatThrownBy(() -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT))
                .hasCauseInstanceOf(Log.Killed.class);
        String killed = world.log.since(mark).get(call - 1);

        world.restart();

        assertThat(world.code.active()).as(killed).isEqualTo(ONE);
        assertThat(world.code.bundles).hasSize(3);
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.UNPACKED);
        assertThat(world.handler.history()).last().satisfies(report -> {
            assertThat(report.operation()).isEqualTo("install");
            assertThat(report.outcome()).isEqualTo(Outcome.INTERRUPTED);
            assertThat(report.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.text()).startsWith("the container ended during: "));
        });
        assertThat(world.handler
                        .install(two, InstallOptions.DEFAULT, Progress.SILENT)
                        .outcome())
                .isEqualTo(Outcome.DONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aKillAfterTheCommitOfMakePermanentIsFinishedAtTheNextStart(int call) {
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        world.log.killAtCall(call);
        assertThatThrownBy(() -> world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT))
                .hasCauseInstanceOf(Log.Killed.class);

        world.restart();

        assertThat(world.code.active()).isEqualTo(TWO);
        assertThat(world.code.persistent()).isEqualTo(TWO);
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void aKillDuringARollbackLeadsToThePermanentRelease(int call) {
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        world.log.killAtCall(call);
        assertThatThrownBy(() -> world.handler.rollback(false, Progress.SILENT)).hasCauseInstanceOf(Log.Killed.class);

        world.restart();

        assertThat(world.code.active()).isEqualTo(ONE);
        assertThat(world.handler.status().current()).isEqualTo(ReleaseId.parse("shop/1.0.0"));
    }

    @Test
    void aBundleBesideAnotherOfItsLocationGoesAfterAKillToo() {
        permanentFromOnePath("4.0.0");
        permanentFromOnePath("5.0.0");
        world.log.killAt("uninstall ledger 5.0.0"::equals);
        assertThatThrownBy(() -> permanentFromOnePath("6.0.0")).hasCauseInstanceOf(Log.Killed.class);

        world.restart();

        assertThat(world.code.bundles.values()).extracting(Object::toString).containsExactly("ledger 6.0.0");
    }

    private void permanentFromOnePath(String version) {
        String release = "release shop " + version + "\nbundle " + world.file("same.jar", "ledger " + version);
        ReleaseId id = world.handler
                .unpack(world.file("shop-" + version, release))
                .release()
                .id();
        world.handler.install(id, InstallOptions.DEFAULT, Progress.SILENT);
        world.handler.makePermanent(id, PermanentOptions.DEFAULT, Progress.SILENT);
    }

    @Test
    void aStoreThatHasBeenRepairedIsOpenedByTheHandlersThreadWhoeverAsks() throws IOException {
        Path releases = folder.resolve("releases/RELEASES");
        String good = Files.readString(releases);
        Files.writeString(releases, "spoilt");
        world.restart();
        assertThatThrownBy(world.handler::releases).isInstanceOf(RefusedException.class);
        Files.writeString(releases, good);

        assertThat(world.handler.releases()).isNotEmpty();

        assertThat(world.switchboard.declaredBy).isEqualTo("release-handler");
    }

    @Test
    void aRestartWhileItBakesLeadsBackAndSaysSo() {
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        world.restart();

        assertThat(world.code.active()).isEqualTo(ONE);
        assertThat(world.code.bundles).hasSize(3);
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.UNPACKED);
        assertThat(world.handler.history()).last().satisfies(report -> {
            assertThat(report.operation()).isEqualTo("restart");
            assertThat(report.problems().get(0).text()).contains("was not permanent yet");
        });
    }

    @Test
    void releaseHandlingThatIsStartedAgainAloneGoesOnWhereItWas() {
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        world.handler.close();

        world.handler = world.open();

        assertThat(world.handler.status().current()).isEqualTo(two);
        assertThat(world.code.active()).contains("ledger 1.0.0", "ledger 2.0.0");
        assertThat(world.handler.rollback(false, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.code.active()).isEqualTo(ONE);
        assertThat(world.code.bundles).hasSize(3);
    }

    @Test
    void aCacheThatWasWipedIsFilledFromTheStore() {
        world.handler.close();
        world.code.bundles.clear();

        world.restart();

        assertThat(world.code.active()).isEqualTo(ONE);
        assertThat(world.code.persistent()).isEqualTo(ONE);
    }

    @Test
    void aBundleThatSomebodyElseInstalledIsLeftAlone() throws Exception {
        world.code.install(
                world.handler.find("2.0.0").release().bundle("pricing").orElseThrow(),
                folder.resolve("pricing-2.0.0.jar"));
        world.code.start(world.code.id("pricing 2.0.0"), io.theseus.port.CodeServer.Start.PERSISTENT);

        world.restart();

        assertThat(world.code.persistent()).contains("pricing 2.0.0", "pricing 1.0.0");
    }

    @Test
    void aJournalThatWasCutIsReadAndGoesOnOnANewLine() throws Exception {
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        Path journal = folder.resolve("releases/journal.jsonl");
        String text = Files.readString(journal);
        Files.writeString(journal, text.substring(0, text.length() - 40));
        int lines = world.journal().size();

        world.restart();

        List<Report> history = world.handler.history();
        assertThat(history)
                .flatExtracting(Report::problems)
                .anyMatch(p -> p.code().equals("journal-corrupt") && p.where().endsWith("journal.jsonl:" + lines));
        assertThat(world.journal().get(lines - 1)).doesNotContain("\"crc\"");
        assertThat(world.journal().get(lines)).startsWith("{").endsWith("}");
        assertThat(history).filteredOn(r -> r.outcome() == Outcome.INTERRUPTED).hasSize(1);
    }

    @Test
    void anInterruptedRequestStaysWhatItWasAfterMoreRestarts() {
        world.log.killAtCall(5);
        assertThatThrownBy(() -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT))
                .isInstanceOf(IllegalStateException.class);
        world.restart();
        List<Report> once = world.handler.history();

        world.restart();

        assertThat(world.handler.history()).isEqualTo(once);
    }
}
