// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.api.Change;
import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Release handling that is stopped or updated, as any bundle can be, in the middle of its work. */
class HandlerStopTest {
    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;
    private final CountDownLatch handing = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private boolean fails;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        world.accounts("ledger 1.0.0").balances.put("alice", 5L);
        world.accounts("ledger 1.0.0").running = true;
        world.accounts.put("ledger 2.0.0", new Accounts("ledger 2.0.0", world.log) {
            @Override
            public void codeChange(Map<String, Long> state, Change change) {
                handing.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("interrupted", e);
                }
                if (fails) {
                    throw new IllegalStateException("no such currency");
                }
                super.codeChange(state, change);
            }
        });
        two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 2.0.0");
    }

    @AfterEach
    void close() {
        go.countDown();
        world.close();
    }

    @Test
    void anInstallUnderWayEndsBeforeTheHandlerDoes() throws Exception {
        Report report = stoppedInAHandover();

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.switchboard.closed).isEqualTo(Set.of());
        assertThat(world.accounts("ledger 2.0.0").running).isTrue();
        world.handler = world.open();
        assertThat(world.handler.status().current()).isEqualTo(two);
        assertThat(world.handler.rollback(false, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.accounts("ledger 1.0.0").running).isTrue();
        assertThat(world.accounts("ledger 1.0.0").balances).isEqualTo(Map.of("alice", 5L));
    }

    @Test
    void anInstallThatFailsMeanwhileIsTakenBackBeforeTheHandlerEnds() throws Exception {
        fails = true;

        Report report = stoppedInAHandover();

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(world.switchboard.closed).isEqualTo(Set.of());
        assertThat(world.accounts("ledger 1.0.0").running).isTrue();
        assertThat(world.accounts("ledger 1.0.0").balances).isEqualTo(Map.of("alice", 5L));
        world.restart();
        assertThat(world.code.active()).isEqualTo(List.of("ledger 1.0.0", "pricing 1.0.0"));
        assertThat(world.handler.history())
                .last()
                .satisfies(last -> assertThat(last.outcome()).isEqualTo(Outcome.UNDONE));
    }

    @Test
    void aBakeThatIsWatchedIsWatchedNoLonger() throws Exception {
        go.countDown();
        CompletableFuture<Report> install = CompletableFuture.supplyAsync(() -> world.handler.install(
                two, InstallOptions.DEFAULT.withBake(Duration.ofHours(1)).thenPermanent(), Progress.SILENT));
        await().until(() -> world.handler.status().baked().isPresent()
                && world.handler.activity().isEmpty());

        world.handler.close();

        Report report = install.get(10, TimeUnit.SECONDS);
        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.problems()).extracting(Problem::code).containsExactly("still-baking");
        world.handler = world.open();
        assertThat(world.handler.status().current()).isEqualTo(two);
        assertThat(world.handler.status().baked()).isPresent();
    }

    @Test
    void aHandlerThatIsStoppedRefuses() {
        world.handler.close();

        assertThatThrownBy(() -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("release handling is being stopped");
    }

    private Report stoppedInAHandover() throws Exception {
        CompletableFuture<Report> install = CompletableFuture.supplyAsync(
                () -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT));
        assertThat(handing.await(10, TimeUnit.SECONDS)).isTrue();
        Thread stop = new Thread(world.handler::close, "stop");
        stop.start();
        await().until(() -> stop.getState() == Thread.State.TIMED_WAITING);

        go.countDown();
        stop.join(10_000);

        assertThat(stop.isAlive()).isFalse();
        return install.get(10, TimeUnit.SECONDS);
    }
}
