// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.release.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Steps of several components that run side by side. The time of each begins with {@link #begin}; one that does not end in time is
 * interrupted.
 *
 * <p>Thread safety: begun by one thread, before any step; each step is run by one thread, whichever; the results are taken by one, once.
 */
final class Batch {
    private static final Duration LONGEST = Duration.ofDays(1);
    private long begun;
    private final String code;
    private final List<Step> steps;
    private final String verb;
    private final Optional<Operation> report;
    /** How many steps have begun. Written by all threads that run one. */
    private final AtomicInteger taken = new AtomicInteger();

    private Batch(String code, List<Task> tasks, String verb, Optional<Operation> report) {
        this.code = code;
        this.steps = tasks.stream().map(task -> new Step(task, taken)).toList();
        this.verb = verb;
        this.report = report;
    }

    /** @param code of the problem that a step is which fails */
    static Batch of(String code, List<Task> tasks) {
        return new Batch(code, tasks, "", Optional.empty());
    }

    /** The same, and the report tells of each step how long it took. */
    static Batch told(String code, List<Task> tasks, String verb, Operation report) {
        return new Batch(code, tasks, verb, Optional.of(report));
    }

    /**
     * What a component is to do.
     *
     * @param late what to do when it does not end in time; empty: it has failed
     */
    record Task(String where, Duration limit, Action action, Optional<Runnable> late) {
        Task(String where, Duration limit, Action action) {
            this(where, limit, action, Optional.empty());
        }
    }

    /** A task and what became of it. */
    static final class Step implements Runnable {
        private final Task task;
        private final FutureTask<Task> future = new FutureTask<>(this::timed);
        private final AtomicBoolean begun = new AtomicBoolean();
        private final AtomicInteger taken;
        /** Null until it has ended. Written by the thread that runs it. */
        private volatile @Nullable Duration took;

        private Step(Task task, AtomicInteger taken) {
            this.task = task;
            this.taken = taken;
        }

        Task task() {
            return task;
        }

        /**
         * Runs it if nobody has begun it yet. What the component leaves on the thread, a wish to be interrupted or a context class loader, is
         * not for what comes next there.
         */
        @Override
        public void run() {
            if (begun.compareAndSet(false, true)) {
                taken.incrementAndGet();
                Thread here = Thread.currentThread();
                ClassLoader loader = here.getContextClassLoader();
                try {
                    future.run();
                } finally {
                    here.setContextClassLoader(loader);
                    Thread.interrupted();
                }
            }
        }

        /** Its task fails, and its thread is interrupted if it runs. */
        void interrupt() {
            future.cancel(true);
        }

        boolean interrupted() {
            return future.isCancelled();
        }

        private Task timed() throws Exception {
            long begun = System.nanoTime();
            try {
                task.action().run();
                return task;
            } finally {
                took = Duration.ofNanos(System.nanoTime() - begun);
            }
        }
    }

    /** Now is the time for it. */
    void begin() {
        begun = System.nanoTime();
    }

    List<Step> steps() {
        return steps;
    }

    /** How many steps somebody has begun. */
    int begun() {
        return taken.get();
    }

    /** How long a step may still take, in nanoseconds; below zero when its time is over. */
    long left(Step step) {
        return limit(step).toNanos() - (System.nanoTime() - begun);
    }

    /**
     * Waits for all.
     *
     * @return what failed, in the order of the tasks
     */
    List<Problem> results() {
        List<Problem> problems = new ArrayList<>();
        steps.forEach(step -> problems.addAll(result(step)));
        report.ifPresent(operation -> steps.forEach(step -> tell(step, operation)));
        return problems;
    }

    private List<Problem> result(Step step) {
        Task task = step.task;
        try {
            step.future.get(Math.max(0, left(step)), TimeUnit.NANOSECONDS);
            return List.of();
        } catch (ExecutionException e) {
            return e.getCause() instanceof FailedException cause
                    ? cause.problems()
                    : List.of(Problem.of(code, task.where(), Problems.sentence(e)));
        } catch (TimeoutException e) {
            step.interrupt();
            if (task.late().isPresent()) {
                task.late().get().run();
                return List.of();
            }
            return List.of(late(step));
        } catch (InterruptedException e) {
            step.interrupt();
            Thread.currentThread().interrupt();
            return List.of(interrupted(task));
        } catch (CancellationException e) {
            return List.of(interrupted(task));
        }
    }

    private Problem interrupted(Task task) {
        return Problem.of(code, task.where(), "the release handler was interrupted");
    }

    Problem late(Step step) {
        return Problem.of(
                code, step.task.where(), "did not end within " + limit(step).toMillis() + " ms");
    }

    private void tell(Step step, Operation operation) {
        Duration took = step.took;
        String text = verb + " " + step.task.where();
        operation.told(took == null ? text + ", which did not end" : text, took == null ? step.task.limit() : took);
    }

    private static Duration limit(Step step) {
        Duration limit = step.task.limit();
        return limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
    }
}
