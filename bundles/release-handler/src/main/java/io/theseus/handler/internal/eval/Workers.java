// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.release.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of several components side by side, each with its time. A step that does not end in time is interrupted.
 *
 * <p>Thread safety: safe for use by many threads.
 */
public final class Workers implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofDays(1);
    private final ExecutorService threads;

    public Workers() {
        AtomicInteger number = new AtomicInteger();
        // HotSpot keeps the last exception that compiled code of a thread has caught, and with it the class loader of a
        // component that threw, for as long as the thread lives; so an idle thread must not live long.
        threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "release-handler-worker-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A step of one component.
     *
     * @param late what to do when it does not end in time; empty: it has failed
     */
    record Task(String where, Duration limit, Action action, Optional<Runnable> late) {
        Task(String where, Duration limit, Action action) {
            this(where, limit, action, Optional.empty());
        }
    }

    /**
     * Runs all and waits for all.
     *
     * @return what failed, in the order of the tasks
     */
    List<Problem> run(String code, List<Task> tasks) {
        long begun = System.nanoTime();
        List<Future<?>> futures = new ArrayList<>();
        for (Task task : tasks) {
            futures.add(threads.submit(() -> {
                task.action().run();
                return task;
            }));
        }
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            problems.addAll(result(code, tasks.get(i), futures.get(i), begun));
        }
        return problems;
    }

    /** The same, and the report tells of each how long it took. */
    List<Problem> run(String code, List<Task> tasks, String verb, Operation report) {
        List<AtomicReference<@Nullable Duration>> times = new ArrayList<>();
        List<Task> timed = new ArrayList<>();
        for (Task task : tasks) {
            AtomicReference<@Nullable Duration> took = new AtomicReference<>();
            times.add(took);
            timed.add(new Task(task.where(), task.limit(), () -> timed(task.action(), took), task.late()));
        }
        List<Problem> problems = run(code, timed);
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            Duration took = times.get(i).get();
            String text = verb + " " + task.where();
            report.told(took == null ? text + ", which did not end" : text, took == null ? task.limit() : took);
        }
        return problems;
    }

    private static void timed(Action action, AtomicReference<@Nullable Duration> took) throws Exception {
        long begun = System.nanoTime();
        try {
            action.run();
        } finally {
            took.set(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private static List<Problem> result(String code, Task task, Future<?> future, long begun) {
        Duration limit = task.limit().compareTo(LONGEST) > 0 ? LONGEST : task.limit();
        try {
            future.get(Math.max(0, limit.toNanos() - (System.nanoTime() - begun)), TimeUnit.NANOSECONDS);
            return List.of();
        } catch (ExecutionException e) {
            return e.getCause() instanceof FailedException cause
                    ? cause.problems()
                    : List.of(Problem.of(code, task.where(), Problems.sentence(e)));
        } catch (TimeoutException | CancellationException e) {
            future.cancel(true);
            if (task.late().isPresent()) {
                task.late().get().run();
                return List.of();
            }
            return List.of(Problem.of(code, task.where(), "did not end within " + limit.toMillis() + " ms"));
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            return List.of(Problem.of(code, task.where(), "the release handler was interrupted"));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
