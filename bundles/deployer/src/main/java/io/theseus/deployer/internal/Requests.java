// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.release.ApplicationChange;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Plan;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What is asked of the release handler, patiently: while it is busy with something else, nothing is refused.
 *
 * <p>Thread safety: used by one thread.
 */
final class Requests {
    private static final int NAMED = 5;
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

    /** The deployer was stopped before a request was made. */
    static final class NotAsked extends CancellationException {
        private static final long serialVersionUID = 1;

        NotAsked() {
            super("the deployer is stopped");
        }
    }

    /** @throws CancellationException when the deployer is stopped */
    Known known() {
        goOn();
        return Known.of(handler);
    }

    ReleaseInfo unpack(Path file) {
        return patiently(() -> named(file).unpack(file.toUri()));
    }

    /** @param folder with its bundles, as a Maven repository */
    ReleaseInfo unpack(Path file, Path repository, Path folder) {
        return patiently(() -> named(file).setUnpacked(repository.toUri(), folder));
    }

    Plan plan(ReleaseId release) {
        return patiently(() -> handler.plan(release));
    }

    Report install(Path file, ReleaseId release, InstallOptions options) {
        return patiently(() -> named(file).install(release, options, Progress.SILENT));
    }

    Report change(List<Path> files, List<ApplicationChange> changes, InstallOptions options) {
        return patiently(() -> named(files).change(changes, options, Progress.SILENT));
    }

    Report makePermanent(Path file, ReleaseId release, PermanentOptions options) {
        return patiently(() -> named(file).makePermanent(release, options, Progress.SILENT));
    }

    void remove(Path file, ReleaseId release) {
        patiently(() -> {
            named(file).remove(release);
            return release;
        });
    }

    private ReleaseHandler named(Path file) {
        return named(List.of(file));
    }

    private ReleaseHandler named(List<Path> files) {
        String names = files.stream()
                .limit(NAMED)
                .map(file -> file.getFileName().toString())
                .collect(Collectors.joining(", "));
        String more = files.size() > NAMED ? " and " + (files.size() - NAMED) + " more" : "";
        return handler.because((files.size() == 1 ? "file " : "files ") + names + more);
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
            throw new NotAsked();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAsked();
        }
    }

    static boolean has(RefusedException refusal, String code) {
        return refusal.problems().stream().anyMatch(p -> p.code().equals(code));
    }
}
