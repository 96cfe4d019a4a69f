// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.Direction;
import io.theseus.api.UpgradeAction;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import io.theseus.relup.Appup;
import io.theseus.relup.ConfigMode;
import io.theseus.relup.Instruction;
import io.theseus.relup.Planning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class LanguageTest {
    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;
    private final List<String> done = new ArrayList<>();

    @BeforeEach
    void open() {
        world = new World(folder);
        world.running("1.0.0", "pricing 1.0.0 appup 1.0.0", "other 1.0.0");
        two = world.unpack("2.0.0", "pricing 2.0.0 appup 2.0.0", "other 1.0.0");
        world.components.actions.put("back-up", (change, args) -> {
            done.add("back-up");
            return () -> done.add("undo back-up");
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Outcome install() {
        return world.handler
                .install(two, InstallOptions.DEFAULT, Progress.SILENT)
                .outcome();
    }

    @Test
    void runsAnActionBeforeThePointOfNoReturnAndNotInACheck() {
        world.deciding.early.add(new Instruction.Apply("pricing", "back-up", Map.of(), Direction.UP));

        world.handler.check(two, Progress.SILENT);
        assertThat(done).isEmpty();

        assertThat(install()).isEqualTo(Outcome.DONE);
        assertThat(done).containsExactly("back-up");
    }

    @Test
    void anEarlyActionThatFailsIsARefusal() {
        world.deciding.early.add(new Instruction.Apply("pricing", "back-up", Map.of(), Direction.UP));
        world.deciding.early.add(new Instruction.Apply("pricing", "throws", Map.of(), Direction.UP));
        world.components.actions.put("throws", (change, args) -> {
            throw new IllegalStateException("no room");
        });

        assertThatThrownBy(this::install).isInstanceOf(RefusedException.class).hasMessageContaining("no room");
        assertThat(done).containsExactly("back-up", "undo back-up");
        assertThat(world.code.snapshot().find("pricing", new Version(2, 0, 0))).isEmpty();
    }

    private static final Instruction CONFIGURE =
            new Instruction.SetConfig("pricing", Map.of("currency", "CHF"), ConfigMode.MERGE);

    @Test
    void aConfigurationIsChangedAfterTheSwitchAndComesBackWithARollback() {
        world.configurations.all.put("pricing", Map.of("currency", "EUR", "tax", 19));
        world.deciding.last.add(CONFIGURE);
        int mark = world.log.mark();

        assertThat(install()).isEqualTo(Outcome.DONE);
        assertThat(world.configurations.all).containsEntry("pricing", Map.of("currency", "CHF", "tax", 19));
        assertThat(world.log.since(mark)).containsSubsequence("switch", "configure pricing {currency=CHF}");

        world.handler.rollback(false, Progress.SILENT);
        assertThat(world.configurations.all).containsEntry("pricing", Map.of("currency", "EUR", "tax", 19));
    }

    @Test
    void aConfigurationComesBackWhenALaterStepFails() {
        world.deciding.last.add(CONFIGURE);
        world.deciding.last.add(new Instruction.Apply("pricing", "throws", Map.of(), Direction.UP));
        world.components.actions.put("throws", (change, args) -> {
            throw new IllegalStateException("no room");
        });

        assertThat(install()).isEqualTo(Outcome.UNDONE);
        assertThat(world.configurations.all).isEmpty();
    }

    @Test
    void aConfigurationComesBackWithARestartUnlessTheReleaseIsPermanent() {
        world.deciding.last.add(CONFIGURE);
        install();
        world.restart();
        assertThat(world.configurations.all).isEmpty();

        install();
        world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT);
        world.restart();
        assertThat(world.configurations.all).containsEntry("pricing", Map.of("currency", "CHF"));
    }

    @Test
    void aConfigurationThatCanNotBeChangedIsARefusal() {
        world.deciding.last.add(CONFIGURE);
        world.configurations.problems.add(Problem.of("configuration", "pricing", "is read-only"));
        int mark = world.log.mark();

        assertThatThrownBy(this::install).isInstanceOf(RefusedException.class).hasMessageContaining("is read-only");
        assertThat(world.log.since(mark)).doesNotContain("switch").contains("uninstall pricing 2.0.0");
    }

    @Test
    void nodesMeetBeforeAndAfterTheSwitchAndOnlyThoseThatAreThere() {
        world.deciding.early.add(new Instruction.SyncNodes("ready", List.of()));
        world.deciding.last.add(new Instruction.SyncNodes("done", List.of("root")));
        int mark = world.log.mark();

        assertThat(install()).isEqualTo(Outcome.DONE);
        assertThat(world.log.since(mark)).containsSubsequence("meet ready []", "switch", "meet done [root]");
    }

    @Test
    void aNodeThatIsNotThereIsARefusal() {
        world.deciding.last.add(new Instruction.SyncNodes("done", List.of("root", "two")));
        int mark = world.log.mark();

        assertThatThrownBy(this::install).isInstanceOf(RefusedException.class).hasMessageContaining("is not known");
        assertThat(world.log.since(mark)).doesNotContain("switch");
    }

    @Test
    void anInstallThatTakesTooLongIsUndoneBeforeItsNextStep() {
        InstallOptions soon = InstallOptions.DEFAULT.withTimeout(Duration.ofSeconds(3));
        world.deciding.last.add(new Instruction.Apply("pricing", "slow", Map.of(), Direction.UP));
        world.deciding.last.add(new Instruction.Apply("pricing", "back-up", Map.of(), Direction.UP));
        world.components.actions.put("slow", (change, args) -> {
            new CountDownLatch(1).await(4, TimeUnit.SECONDS);
            return () -> done.add("undo slow");
        });

        Report report = world.handler.install(two, soon, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).extracting(Problem::code).containsExactly("timeout");
        assertThat(done).containsExactly("undo slow");
    }

    @Test
    void anActionThatTakesTooLongIsInterruptedAndTheInstallUndone() {
        world.deciding.last.add(slow());
        world.components.actions.put("slow", (change, args) -> {
            new CountDownLatch(1).await();
            return UpgradeAction.Undo.NOTHING;
        });

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("apply-failed");
            assertThat(problem.text()).isEqualTo("did not end within 50 ms");
        });
        assertThat(world.switchboard.switched).isFalse();
    }

    @Test
    void anActionThatEndsAfterItsTimeIsTakenBackThen() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch undone = new CountDownLatch(1);
        world.deciding.last.add(slow());
        world.components.actions.put("slow", (change, args) -> {
            boolean ended = false;
            while (!ended) {
                try {
                    go.await();
                    ended = true;
                } catch (InterruptedException e) {
                    // as an action that takes no notice
                }
            }
            return undone::countDown;
        });

        Report report = world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        assertThat(undone.getCount()).isEqualTo(1);
        go.countDown();

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(undone.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Instruction slow() {
        return new Instruction.Apply("pricing", "slow", Map.of(), Direction.UP, Optional.of(Duration.ofMillis(50)));
    }

    @Test
    void withNoTimeAtAllNothingBegins() {
        InstallOptions never = InstallOptions.DEFAULT.withTimeout(Duration.ZERO);

        assertThatThrownBy(() -> world.handler.install(two, never, Progress.SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("did not end within 0 ms");
        assertThat(world.code.snapshot().find("pricing", new Version(2, 0, 0))).isEmpty();
    }

    @Test
    void aPlanKnowsTheAppupsOfVersionsInBetween() {
        ReleaseId three = world.unpack("3.0.0", "pricing 3.0.0 appup 3.0.0", "other 1.0.0");

        world.handler.plan(three);

        Planning planning = world.deciding.plannings.get(world.deciding.plannings.size() - 1);
        assertThat(planning.others()).containsOnlyKeys("pricing");
        assertThat(planning.others().get("pricing"))
                .extracting(Appup::version)
                .contains(new Version(1, 0, 0), new Version(2, 0, 0));
    }

    @Test
    void plansBetweenReleasesOfWhichNoneRuns() {
        ReleaseId three = world.unpack("3.0.0", "pricing 3.0.0 appup 3.0.0", "other 1.0.0");

        assertThat(world.handler.plan(three, two).direction()).isEqualTo(Direction.DOWN);

        Planning planning = world.deciding.plannings.get(world.deciding.plannings.size() - 1);
        assertThat(planning.from().id()).isEqualTo(three);
        assertThat(planning.to().id()).isEqualTo(two);
        assertThat(world.handler.plan(three, three).script()).isEmpty();
    }
}
