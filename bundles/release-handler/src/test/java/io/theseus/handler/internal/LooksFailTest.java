// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every look at what is there may fail: before it is done nothing has changed, and after it all of it is done. */
final class LooksFailTest {
    @TempDir
    private Path folder;

    private World world;
    private ReleaseId one;
    private ReleaseId two;

    @BeforeEach
    void open() {
        world = new World(folder);
        one = world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 2.0.0");
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void ofARollback(int look) {
        Optional<Report> report = failing(look, () -> world.handler.rollback(false, Progress.SILENT));

        world.code.failingLook = 0;
        if (report.isPresent()) {
            assertThat(report.get().outcome()).isEqualTo(Outcome.DONE);
            assertThat(world.handler.status().current()).isEqualTo(one);
            assertThat(world.code.snapshot().bundles())
                    .extracting(Object::toString)
                    .contains("ledger 1.0.0", "pricing 1.0.0")
                    .doesNotContain("ledger 2.0.0", "pricing 2.0.0");
        } else {
            assertThat(world.handler.status().current()).isEqualTo(two);
            assertThat(world.handler.rollback(false, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void ofMakePermanent(int look) {
        Optional<Report> report =
                failing(look, () -> world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT));

        world.code.failingLook = 0;
        assertThat(report).isPresent();
        assertThat(report.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);
        assertThat(world.code.snapshot().bundles())
                .extracting(Object::toString)
                .contains("ledger 2.0.0", "pricing 2.0.0")
                .doesNotContain("ledger 1.0.0", "pricing 1.0.0");
    }

    /** What fails after it is done is a problem of its report. */
    private Optional<Report> failing(int look, Supplier<Report> request) {
        world.code.failingLook = look;
        try {
            Report report = request.get();
            boolean failed = world.code.failingLook == 0;
            assertThat(report.problems())
                    .as("problems")
                    .hasSize(failed ? 1 : 0)
                    .extracting(Problem::text)
                    .allMatch(text -> text.contains("nothing is seen"));
            return Optional.of(report);
        } catch (RuntimeException e) {
            assertThat(world.code.failingLook).as("it failed, so the look did").isZero();
            return Optional.empty();
        }
    }
}
