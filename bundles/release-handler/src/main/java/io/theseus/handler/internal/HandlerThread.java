// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that changes anything. A request that finds it busy is refused; it never waits in a queue.
 *
 * <p>Thread safety: safe for use by many threads.
 */
final class HandlerThread implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private final ScheduledThreadPoolExecutor thread;
    /** Written by the executor, which has one thread. */
    private volatile @Nullable Thread made;

    private final AtomicReference<@Nullable String> activity = new AtomicReference<>();

    HandlerThread() {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread next = new Thread(task, "release-handler");
            next.setDaemon(true);
            made = next;
            return next;
        });
    }

    Optional<String> activity() {
        return Optional.ofNullable(activity.get());
    }

    /**
     * Runs a request and waits for it. An interrupt of the caller does not end the request; it is kept for afterwards.
     *
     * @throws RefusedException {@code busy}
     */
    <T> T run(String what, Callable<T> request) {
        return await(begin(what, request));
    }

    /**
     * Begins a request and waits for nothing.
     *
     * @throws RefusedException {@code busy}
     */
    <T> Future<T> begin(String what, Callable<T> request) {
        if (!claim(what)) {
            throw new RefusedException(Problem.of(
                            "busy",
                            "",
                            "release handling is busy: " + activity().orElse("another request"))
                    .withHint("wait until it is done; release:status shows it"));
        }
        try {
            return thread.submit(() -> {
                try {
                    return request.call();
                } finally {
                    activity.set(null);
                }
            });
        } catch (RuntimeException e) {
            activity.set(null);
            throw new RefusedException(Problem.of("busy", "", "release handling is being stopped"));
        }
    }

    /**
     * A request that must be done: it comes after the one that is under way.
     *
     * @throws RefusedException {@code busy} when that does not end in a minute, and what the request throws
     */
    <T> T waiting(Supplier<T> request) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return request.get();
            } catch (RefusedException e) {
                boolean busy = e.problems().stream().anyMatch(p -> p.code().equals("busy"));
                if (!busy || closed() || System.nanoTime() - until > 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    /**
     * Looks at something now and then, between requests and never during one: there is only this one thread. Once it is closed nobody
     * looks.
     */
    Future<?> every(Duration period, Runnable task) {
        try {
            return thread.scheduleWithFixedDelay(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            Future<?> never = new CompletableFuture<>();
            never.cancel(false);
            return never;
        }
    }

    private boolean claim(String what) {
        return activity.compareAndSet(null, what);
    }

    static <T> T await(Future<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw thrown(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException thrown(ExecutionException e) {
        if (e.getCause() instanceof RefusedException refused) {
            return new RefusedException(refused.problems());
        }
        return new IllegalStateException(e.getCause());
    }

    /** Whether the caller is this thread. */
    boolean inside() {
        return Thread.currentThread() == made;
    }

    boolean closed() {
        return thread.isShutdown();
    }

    /**
     * Takes no more requests, and lets the one under way end: an interrupt in the middle of it would reach what takes it back as
     * well. One that does not end in time is interrupted all the same.
     */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
