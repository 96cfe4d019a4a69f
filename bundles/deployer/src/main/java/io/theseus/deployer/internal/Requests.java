// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.api.Direction;
import io.theseus.release.InstallOptions;
import io.theseus.release.Plan;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseHandler.Purge;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What is asked of the release handler, patiently: while it is busy with something else, nothing is refused.
 *
 * <p>Thread safety: used by one thread.
 */
final class Requests {
    private final ReleaseHandler handler;
    private final Duration pause;
    private final BooleanSupplier ended;

    /**
     * @param pause between two tries
     * @param ended whether nobody waits for answers any more
     */
    Requests(ReleaseHandler handler, Duration pause, BooleanSupplier ended) {
        this.handler = handler;
        this.pause = pause;
        this.ended = ended;
    }

    /** @throws CancellationException when the deployer is stopped */
    Known known() {
        goOn();
        return Known.of(handler);
    }

    ReleaseInfo unpack(Path file) {
        return patiently(() -> named(file).unpack(file.toUri()));
    }

    Plan plan(ReleaseId release) {
        return patiently(() -> handler.plan(release));
    }

    Report install(Path file, ReleaseId release, InstallOptions options) {
        return patiently(() -> named(file).install(release, options, Progress.SILENT));
    }

    Report change(Path file, Direction direction, String application, Path copy, InstallOptions options) {
        return patiently(() -> named(file).change(direction, application, copy.toUri(), options, Progress.SILENT));
    }

    Report makePermanent(Path file, ReleaseId release) {
        return patiently(() -> named(file).makePermanent(release, Purge.SOFT, false, Progress.SILENT));
    }

    void remove(Path file, ReleaseId release) {
        patiently(() -> {
            named(file).remove(release);
            return release;
        });
    }

    private ReleaseHandler named(Path file) {
        return handler.because("file " + file.getFileName());
    }

    /** @throws CancellationException when the deployer is stopped */
    private <T> T patiently(Supplier<T> request) {
        while (true) {
            goOn();
            try {
                return request.get();
            } catch (RefusedException e) {
                if (!has(e, "busy")) {
                    throw e;
                }
            }
            pause();
        }
    }

    private void goOn() {
        if (ended.getAsBoolean()) {
            throw new CancellationException("the deployer is stopped");
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the deployer is stopped");
        }
    }

    static boolean has(RefusedException refusal, String code) {
        return refusal.problems().stream().anyMatch(p -> p.code().equals(code));
    }
}
