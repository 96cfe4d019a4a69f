// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Kept;
import io.theseus.handler.internal.eval.Problems;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The time in which health decides. The handler thread looks every second and is free between two looks, so that an
 * operator can roll back meanwhile.
 *
 * <p>Thread safety: {@link #await} is called by the one who installs, everything else by the handler thread.
 */
final class Baking {
    /** The wait was given up; the release bakes still. */
    static final String UNWATCHED = "still-baking";
    /** Somebody rolled back meanwhile. */
    static final String ROLLED_BACK = "rolled-back";

    private static final Duration LOOK = Duration.ofSeconds(1);
    private final Container container;
    private final Release release;
    private final long until;
    private final Duration time;
    private final CompletableFuture<Optional<Problem>> end = new CompletableFuture<>();

    Baking(Container container, ReleaseId release, Duration time) {
        this.container = container;
        this.release = container.releases().get(release).release();
        this.time = time;
        this.until = System.nanoTime() + time.toNanos();
    }

    /**
     * Waits until the bake has ended.
     *
     * @return what was wrong; empty when the release stayed healthy
     */
    Optional<Problem> await(HandlerThread thread, Progress progress) {
        Duration period = time.compareTo(LOOK) < 0 ? time : LOOK;
        Future<?> looking = thread.every(period.isZero() ? Duration.ofMillis(1) : period, () -> look(progress));
        try {
            while (!thread.closed()) {
                try {
                    return end.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // The thread that looks may have been stopped meanwhile.
                }
            }
            return Optional.of(unwatched("release handling was stopped"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(unwatched("the wait was interrupted"));
        } catch (ExecutionException e) {
            throw new AssertionError("it is never completed so", e);
        } finally {
            looking.cancel(false);
        }
    }

    private Problem unwatched(String why) {
        return Problem.of(UNWATCHED, release.id().toString(), why + " and nobody watches it")
                .withHint("decide with release:make-permanent or release:rollback");
    }

    private void look(Progress progress) {
        if (end.isDone()) {
            return;
        }
        try {
            if (!container.releases().current().release().id().equals(release.id())) {
                end.complete(Optional.of(Problem.of(ROLLED_BACK, "", "it was rolled back while it baked")));
                return;
            }
            Set<Long> retired = container.kept().map(Kept::retired).orElse(Set.of());
            List<Problem> problems =
                    new Health(container.ports.code(), release, retired, container.ailments()).problems();
            long left = until - System.nanoTime();
            if (!problems.isEmpty()) {
                end.complete(Optional.of(problems.get(0)));
            } else if (left <= 0) {
                end.complete(Optional.empty());
            } else {
                Duration rest = Duration.ofNanos(left);
                progress.report("bake", "healthy, " + (rest.toSeconds() + 1) + " s to go", time.minus(rest));
            }
        } catch (RuntimeException | Error e) {
            end.complete(Optional.of(Problem.of(
                    "not-judged", release.id().toString(), "its health can not be judged: " + Problems.sentence(e))));
        }
    }

    /** An install's report, when what came after it in the bake took it back. */
    static Report undone(Report installed, List<Problem> why) {
        return with(installed, Report.Outcome.UNDONE, why);
    }

    static Report with(Report report, Report.Outcome outcome, List<Problem> more) {
        List<Problem> problems = new java.util.ArrayList<>(report.problems());
        problems.addAll(more);
        return new Report(
                report.number(),
                report.operation(),
                report.from(),
                report.to(),
                outcome,
                report.at(),
                report.took(),
                report.who(),
                report.reason(),
                report.figures(),
                report.steps(),
                problems);
    }
}
