// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls that may take longer than anybody waits, on a thread of their own. Karaf's operations wait for its own thread, which may wait for the
 * framework and for whoever stops or starts there: who waits here without limit could be waited for.
 *
 * <p>Thread safety: safe for use by many threads.
 */
final class OneAtATime implements AutoCloseable {
    private final AtomicBoolean busy = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread next = new Thread(task, "theseus-features");
        next.setDaemon(true);
        return next;
    });

    /**
     * Waits for a call until it has ended, or the time is over; then it goes on alone.
     *
     * @throws RefusedException {@code karaf-busy} when the time is over, or when an earlier call goes on still; {@code karaf-features}
     *     with what the call threw
     */
    <T> T call(Callable<T> what, Duration limit) {
        Future<T> future = submit(what);
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw busy("is not done after " + limit.toSeconds() + " s, and goes on");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("was not waited for, and goes on");
        } catch (ExecutionException e) {
            throw refused(e.getCause() == null ? e : e.getCause());
        }
    }

    private <T> Future<T> submit(Callable<T> what) {
        if (!busy.compareAndSet(false, true)) {
            throw busy("that was asked for before goes on still");
        }
        try {
            return thread.submit(() -> {
                try {
                    return what.call();
                } finally {
                    busy.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            throw busy("is not begun, as Theseus' own bundle stops");
        }
    }

    private static RefusedException busy(String what) {
        return new RefusedException(Problem.of("karaf-busy", "", "the feature operation " + what)
                .withHint("feature:list shows whether it is done"));
    }

    /** @param why what Karaf threw */
    static RefusedException refused(Throwable why) {
        if (why instanceof RefusedException refused) {
            return new RefusedException(refused.problems());
        }
        String message = why.getMessage();
        String text = message == null || message.isBlank()
                ? why.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
        return new RefusedException(Problem.of("karaf-features", "", "Karaf's feature service refuses: " + text)
                .withHint("the log of Karaf has the whole of it"));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
