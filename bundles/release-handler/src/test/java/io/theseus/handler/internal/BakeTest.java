// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.Direction;
import io.theseus.release.ApplicationChange;
import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BakeTest {
    private static final InstallOptions SHORT = InstallOptions.DEFAULT.withBake(Duration.ofMillis(20));

    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 2.0.0");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aHealthyReleaseIsMadePermanentWhenTheBakeEnds() {
        Report report = world.handler.install(two, SHORT.thenPermanent(), Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);
        assertThat(world.code.active()).containsExactly("ledger 2.0.0", "pricing 2.0.0");
    }

    @Test
    void withoutABakeItIsMadePermanentAtOnce() {
        world.handler.install(two, InstallOptions.DEFAULT.thenPermanent(), Progress.SILENT);

        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);
    }

    @Test
    void aReleaseThatGetsIllIsRolledBackWithTheReason() {
        Problem ill = Problem.of("component-not-active", "ledger", "lost its database");
        Progress progress = (phase, text, elapsed) -> {
            if (phase.equals("done") && text.startsWith("install")) {
                world.code.inactive.put(world.code.id("ledger 2.0.0"), List.of(ill));
            }
        };

        Report report = world.handler.install(two, SHORT, progress);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).contains(ill);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
        assertThat(world.handler.history()).last().satisfies(last -> {
            assertThat(last.operation()).isEqualTo("rollback");
            assertThat(last.problems()).contains(ill);
        });
    }

    @Test
    void aReleaseThatGetsIllAndCanNotGoBackIsLeftToTheOperatorAndNotForgotten() {
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        world.deciding.wayBack = false;
        Problem ill = Problem.of("component-not-active", "ledger", "lost its database");
        Progress progress = (phase, text, elapsed) -> {
            if (phase.equals("done") && text.startsWith("install")) {
                world.code.inactive.put(world.code.id("ledger 2.0.0"), List.of(ill));
            }
        };

        Report report = world.handler.install(two, SHORT.thenPermanent(), progress);

        assertThat(report.outcome()).isEqualTo(Outcome.UNHEALTHY);
        assertThat(report.problems()).extracting(Problem::code).contains(ill.code(), "would-lose-state");
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.CURRENT);
        assertThat(world.handler.history()).last().satisfies(last -> {
            assertThat(last.operation()).isEqualTo("bake");
            assertThat(last.outcome()).isEqualTo(Outcome.UNHEALTHY);
            assertThat(last.problems()).contains(ill);
        });
    }

    @Test
    void whatNeedNotStartIsNoIllness() {
        world.deciding.optional.add("extra");
        ReleaseId three = world.unpack("3.0.0", "ledger 2.0.0", "pricing 2.0.0", "extra 1.0.0");
        world.log.failOn("start extra 1.0.0");

        Report report = world.handler.install(three, SHORT, Progress.SILENT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.code.active()).doesNotContain("extra 1.0.0");
        assertThat(world.handler.find("3.0.0").status()).isEqualTo(ReleaseStatus.CURRENT);
    }

    @Test
    void aForcedUpgradeThatIsRefusedEndsNoBake() {
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThatThrownBy(() -> world.handler.change(
                        List.of(new ApplicationChange.Replace(Direction.UP, "pricing", world.bundle("pricing 1.5.0"))),
                        InstallOptions.DEFAULT.forced(),
                        Progress.SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is not above 2.0.0");
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.CURRENT);
    }

    @Test
    void theOperatorRollsBackWhileItBakes() throws Exception {
        ExecutorService installer = Executors.newSingleThreadExecutor();
        CountDownLatch installed = new CountDownLatch(1);
        try {
            Future<Report> report = installer.submit(() -> world.handler.install(
                    two,
                    InstallOptions.DEFAULT.withBake(Duration.ofHours(1)).thenPermanent(),
                    (phase, text, elapsed) -> {
                        if (phase.equals("done")) {
                            installed.countDown();
                        }
                    }));
            assertThat(installed.await(10, TimeUnit.SECONDS)).isTrue();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> world.handler.status().activity().equals("baking"));

            assertThat(world.handler.status().baked()).isPresent();
            world.handler.rollback(false, Progress.SILENT);

            assertThat(report.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.UNDONE);
            assertThat(world.handler.status().baked()).isEmpty();
        } finally {
            installer.shutdownNow();
        }
    }

    @Test
    void aForcedInstallTakesTheBakingReleaseAsGood() {
        ReleaseId three = world.unpack("3.0.0", "ledger 3.0.0", "pricing 2.0.0");
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        world.handler.install(three, InstallOptions.DEFAULT.forced(), Progress.SILENT);

        assertThat(world.handler.releases())
                .extracting(ReleaseInfo::status)
                .containsExactly(ReleaseStatus.CURRENT, ReleaseStatus.PERMANENT, ReleaseStatus.OLD, ReleaseStatus.OLD);
        assertThat(world.code.active()).containsExactly("ledger 2.0.0", "ledger 3.0.0", "pricing 2.0.0");
    }

    @Test
    void aForcedInstallThatCanNotBePlannedEndsNoBake() {
        ReleaseId three = world.unpack("3.0.0", "ledger 3.0.0");
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        world.deciding.problems = List.of(Problem.of("no-such-component", "ledger", "has no component x"));

        assertThatThrownBy(() -> world.handler.install(three, InstallOptions.DEFAULT.forced(), Progress.SILENT))
                .isInstanceOf(RefusedException.class);
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.CURRENT);
    }

    @Test
    void anOldReleaseIsInstalledAgainAndRemovedReleasesLeaveNothing() {
        world.handler.install(two, InstallOptions.DEFAULT.thenPermanent(), Progress.SILENT);
        ReleaseId one = ReleaseId.parse("shop/1.0.0");
        Report down = world.handler.install(one, InstallOptions.DEFAULT.thenPermanent(), Progress.SILENT);

        world.handler.remove(two);

        assertThat(down.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
        assertThat(world.store().keySet())
                .noneMatch(file -> file.contains("2.0.0"))
                .filteredOn(file -> file.startsWith("bundles/"))
                .hasSize(2);
    }
}
