// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.theseus.port.CodeServer.Start;
import io.theseus.port.Requirements.Around;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What feature operations of the container leave alone: both generations, while a release bakes. */
class PeaceTest {
    private static final long OLD = 10;
    private static final long NEW = 12;

    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;

    @BeforeEach
    void bake() {
        world = new World(folder);
        world.deciding.restarted.add("ledger");
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 1.0.0");
        assertThat(world.requirements.overlooked).isEmpty();
        assertThat(world.handler
                        .install(two, InstallOptions.DEFAULT, Progress.SILENT)
                        .outcome())
                .isEqualTo(Outcome.DONE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Set<Long> barredWhileAnOperationStarts() {
        world.requirements.stopped.before();
        Set<Long> barred = world.code.barred;
        world.requirements.stopped.after();
        assertThat(world.code.barred).isEmpty();
        return barred;
    }

    @Test
    void whatCameIsNotCountedAndWhatWasReplacedIsNotStarted() {
        assertThat(world.code.bundles.get(OLD).active()).isFalse();
        assertThat(world.requirements.overlooked).containsExactly(NEW);
        assertThat(barredWhileAnOperationStarts()).containsExactly(OLD);
    }

    /** To hide what comes costs time with every service that comes or goes. */
    @Test
    void whatIsThereOnceIsCountedWhileItComesAndGoes() {
        world.handler.rollback(true, Progress.SILENT);
        List<Set<Long>> overlooked = new ArrayList<>();
        world.log.hear(call -> overlooked.add(world.requirements.overlooked));

        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        world.handler.rollback(true, Progress.SILENT);

        assertThat(overlooked).hasSizeGreaterThan(10).containsOnly(Set.of());
    }

    @Test
    void whatHasStoppedIsNotStartedWhileItsSuccessorComes() {
        world.handler.rollback(true, Progress.SILENT);
        List<Set<Long>> barred = new ArrayList<>();
        world.log.hear(call -> {
            if (call.equals("start ledger 2.0.0")) {
                barred.add(barredWhileAnOperationStarts());
            }
        });

        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(barred).containsExactly(Set.of(OLD));
    }

    /** It has to start, whatever an operation that is under way does. */
    @Test
    void anInstallThatIsTakenBackStartsWhatWasBarred() {
        world.handler.rollback(true, Progress.SILENT);
        world.log.hear(call -> {
            if (call.equals("stop ledger 1.0.0")) {
                world.requirements.stopped.before();
            }
        });
        world.log.failOn(call -> call.equals("start ledger 2.0.0"));

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(world.code.bundles.get(OLD).active()).isTrue();
        assertThat(world.code.persistent()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
        assertThat(world.code.barred).isEmpty();
        assertThat(world.requirements.stopped).isSameAs(Around.NOBODY);
    }

    @Test
    void aPermanentReleaseIsCountedBeforeKarafIsTold() {
        world.requirements.besides =
                () -> assertThat(world.requirements.overlooked).isEmpty();

        assertThat(world.handler
                        .makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT)
                        .problems())
                .isEmpty();

        assertThat(world.requirements.overlooked).isEmpty();
        assertThat(world.requirements.stopped).isSameAs(Around.NOBODY);
    }

    @Test
    void afterARollbackTheOldCodeStartsWithTheContainerWhateverAnOperationDidToIt() {
        world.code.persist(OLD, Start.TRANSIENT);

        assertThat(world.handler.rollback(true, Progress.SILENT).problems()).isEmpty();

        assertThat(world.requirements.overlooked).isEmpty();
        assertThat(world.requirements.stopped).isSameAs(Around.NOBODY);
        assertThat(world.code.persistent()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
    }

    @Test
    void itGoesOnWhereARollbackIsUndone() {
        world.switchboard.failsAfterSwitch = true;

        catchThrowable(() -> world.handler.rollback(true, Progress.SILENT));

        assertThat(world.requirements.overlooked).containsExactly(NEW);
        assertThat(barredWhileAnOperationStarts()).containsExactly(OLD);
    }
}
