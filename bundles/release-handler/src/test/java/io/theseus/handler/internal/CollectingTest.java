// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CollectingTest {
    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void saysThatNothingIsLeft() {
        ReleaseId one = world.running("1.0.0", "ledger 1.0.0");
        int mark = world.log.mark();

        Report report = world.handler.collect(Progress.SILENT);

        assertThat(report.operation()).isEqualTo("collect");
        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.to()).isEqualTo(one);
        assertThat(report.figures()).containsEntry(Report.Figure.LEAKED_LOADERS, 0L);
        assertThat(report.problems()).isEmpty();
        assertThat(world.log.since(mark)).containsExactly("reclaim");
        assertThat(world.handler.history())
                .last()
                .extracting(Report::operation, Report::figures)
                .containsExactly("collect", report.figures());
    }

    @Test
    void namesWhatIsStillReferredTo() {
        world.running("1.0.0", "ledger 1.0.0");
        world.code.leaked = List.of("ledger 0.9.0", "money 0.9.0, still wired to by reports 1.0.0");

        Report report = world.handler.collect(Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.figures()).containsEntry(Report.Figure.LEAKED_LOADERS, 2L);
        assertThat(report.problems()).extracting(Problem::code).containsExactly("leaked", "leaked");
        assertThat(report.problems())
                .extracting(Problem::where)
                .containsExactly("ledger 0.9.0", "money 0.9.0, still wired to by reports 1.0.0");
    }

    @Test
    void changesNothingDuringABakeAndIsRefusedDuringAnInstall() {
        world.running("1.0.0", "ledger 1.0.0");
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");
        List<String> refused = new ArrayList<>();

        world.handler.install(two, InstallOptions.DEFAULT, (phase, text, at) -> {
            if (refused.isEmpty()) {
                assertThatThrownBy(() -> world.handler.collect(Progress.SILENT))
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                e -> refused.add(e.problems().get(0).code()));
            }
        });
        Report baking = world.handler.collect(Progress.SILENT);

        assertThat(refused).containsExactly("busy");
        assertThat(baking.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.handler.status().current()).isEqualTo(two);
        assertThat(world.handler.rollback(false, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);
    }
}
