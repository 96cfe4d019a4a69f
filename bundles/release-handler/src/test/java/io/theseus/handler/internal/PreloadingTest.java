// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.InstallOptions;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of what comes are loaded while it is started. */
class PreloadingTest {
    private static final int LIMIT_SECONDS = 20;

    @TempDir
    Path folder;

    private final List<String> loaded = new CopyOnWriteArrayList<>();
    private World world;
    private ReleaseId two;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 2.0.0", "basket 2.0.0");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Outcome install(InstallOptions options) {
        return world.handler.install(two, options, Progress.SILENT).outcome();
    }

    @Test
    void bundlesStartMeanwhileAndNothingIsWarmBefore() {
        int mark = world.log.mark();
        CountDownLatch started = new CountDownLatch(1);
        world.log.hear(call -> {
            if (call.equals("start basket 2.0.0")) {
                started.countDown();
            }
        });
        world.code.loading = what -> {
            loaded.add(await(started) + " " + world.log.since(mark).contains("warm") + " " + what);
            return 1;
        };

        assertThat(install(InstallOptions.DEFAULT)).isEqualTo(Outcome.DONE);

        assertThat(loaded)
                .containsExactly(
                        "true false ledger 2.0.0 like ledger 1.0.0", "true false pricing 2.0.0 like pricing 1.0.0");
    }

    @Test
    void whatFailsThereIsLeftToWhoNeedsIt() {
        world.code.loading = what -> {
            loaded.add(what);
            throw new NoClassDefFoundError(what);
        };

        assertThat(install(InstallOptions.DEFAULT)).isEqualTo(Outcome.DONE);

        assertThat(loaded).containsExactly("ledger 2.0.0 like ledger 1.0.0");
    }

    @Test
    void whenABundleDoesNotStartNothingIsLoadedAnyMoreBeforeItIsTakenBack() {
        world.log.failOn("start pricing 2.0.0");
        world.log.hear(call -> {
            if (call.startsWith("uninstall")) {
                loaded.add(call);
            }
        });
        world.code.loading = what -> {
            try {
                new CountDownLatch(1).await(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                loaded.add("interrupted");
                Thread.currentThread().interrupt();
            }
            return 0;
        };

        assertThatThrownBy(() -> install(InstallOptions.DEFAULT)).isInstanceOf(RefusedException.class);

        assertThat(loaded)
                .containsExactly(
                        "interrupted", "uninstall basket 2.0.0", "uninstall pricing 2.0.0", "uninstall ledger 2.0.0");
    }

    @Test
    void whatDoesNotEndIsWaitedForAsLongAsCallersAre() {
        CountDownLatch end = new CountDownLatch(1);
        world.code.loading = what -> {
            // Deaf to interrupts, as the loading of a class is.
            while (!await(end)) {}
            return 0;
        };

        try {
            assertThat(install(InstallOptions.DEFAULT.withDrainTimeout(Duration.ofMillis(50))))
                    .isEqualTo(Outcome.DONE);
        } finally {
            end.countDown();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
