// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebootOldTest {
    @TempDir
    Path folder;

    private World world;
    private ReleaseId one;
    private ReleaseId two;

    @BeforeEach
    void open() {
        world = new World(folder);
        one = world.running("1.0.0", "ledger 1.0.0", "other 1.0.0");
        two = world.running("2.0.0", "ledger 2.0.0", "other 1.0.0");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private ReleaseStatus status(ReleaseId id) {
        return world.handler.find(id.toString()).status();
    }

    @Test
    void theContainerRestartsIntoTheOldReleaseAndBelongingsFollow() {
        int mark = world.log.mark();

        assertThat(world.handler.rebootOld(one, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.log.since(mark)).endsWith("restart");
        assertThat(status(one)).isEqualTo(ReleaseStatus.PERMANENT);
        assertThat(status(two)).isEqualTo(ReleaseStatus.OLD);
        assertThatThrownBy(() -> world.handler.rebootOld(two, Progress.SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("the container restarts into " + one);

        long left = world.code.id("ledger 2.0.0");
        world.restart();
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "other 1.0.0");
        assertThat(world.code.persistent()).containsExactly("ledger 1.0.0", "other 1.0.0");
        long back = world.code.id("ledger 1.0.0");
        assertThat(world.log.since(mark))
                .containsSubsequence(
                        "install ledger 1.0.0",
                        "share " + left + " " + back,
                        "uninstall ledger 2.0.0",
                        "settle " + left + " " + back,
                        "start ledger 1.0.0");
    }

    @Test
    void whatCanNotRestartOrHasALostBundleIsRefusedAndNothingIsRecorded() throws Exception {
        world.restart.problems = List.of(Problem.of("no-restart", "", "was not started by Karaf"));
        try (var files = java.nio.file.Files.list(folder.resolve("releases/bundles"))) {
            for (Path file : files.toList()) {
                java.nio.file.Files.delete(file);
            }
        }
        int mark = world.log.mark();

        assertThatThrownBy(() -> world.handler.rebootOld(one, Progress.SILENT))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::code)
                                .containsExactly("no-restart", "missing-bundle"));
        assertThat(status(two)).isEqualTo(ReleaseStatus.PERMANENT);
        assertThat(world.log.since(mark)).doesNotContain("restart");
    }

    @Test
    void whileAReleaseBakesNothingIsRebooted() {
        ReleaseId three = world.unpack("3.0.0", "ledger 3.0.0", "other 1.0.0");
        world.handler.install(three, InstallOptions.DEFAULT, Progress.SILENT);

        assertThatThrownBy(() -> world.handler.rebootOld(one, Progress.SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is not permanent yet");
        assertThatThrownBy(() -> world.handler.rebootOld(two, Progress.SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("can not be restarted into");
    }
}
