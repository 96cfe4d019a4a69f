// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.eval.Batch.Step;
import io.theseus.handler.internal.eval.Batch.Task;
import io.theseus.release.Problem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for the steps of components, and for the instructions between them.
 *
 * <p>Thread safety: safe for use by many threads.
 */
public final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    /** How late the end of a component's time may be noticed. */
    private static final long LOOK_MILLIS = 10;

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
     * Runs all, each on a thread of its own, and waits for all.
     *
     * @return what failed, in the order of the tasks
     */
    List<Problem> run(String code, List<Task> tasks) {
        Batch batch = Batch.of(code, tasks);
        batch.steps().forEach(threads::execute);
        return batch.results();
    }

    /**
     * The same, but one of them on this thread, if it is watched. For steps after which only what {@link #watched} does need be done.
     *
     * @throws Turn.OverException when that did not end in time
     */
    List<Problem> run(Batch batch, Optional<Turn> turn) {
        Optional<Step> own = turn.flatMap(there -> batch.steps().stream()
                // Of one that may be skipped this thread must know when its time is over.
                .filter(step -> step.task().late().isEmpty())
                .findFirst());
        batch.steps().stream().filter(step -> !own.equals(Optional.of(step))).forEach(threads::execute);
        own.ifPresent(step -> turn.orElseThrow().run(batch, step));
        return batch.results();
    }

    /** Instructions that know whose turn it is. */
    interface Instructions<T> {
        T run(Turn turn) throws Exception;
    }

    /**
     * Runs instructions on a thread of their own, and goes on without it when a component keeps it. An interrupt of this thread
     * reaches what the other one waits for, and is kept for afterwards.
     *
     * @throws FailedException also when the component of a step that ran there did not end in time
     * @throws Exception what the instructions throw
     */
    <T> T watched(Instructions<T> instructions) throws Exception {
        Turn turn = new Turn();
        Future<T> all = threads.submit(() -> {
            turn.begin();
            return instructions.run(turn);
        });
        boolean interrupted = false;
        try {
            while (!turn.take()) {
                try {
                    return all.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // Looks again.
                } catch (InterruptedException e) {
                    interrupted = true;
                    turn.interrupt();
                } catch (ExecutionException e) {
                    throw thrown(e);
                } catch (VirtualMachineError e) {
                    // It is the watch that lacks memory. The instructions still run: nobody else may go on.
                    LOG.debug("watching goes on", e);
                }
            }
            throw new FailedException(turn.failures());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Exception thrown(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof Exception cause ? cause : e;
    }

    /** Takes nothing new. What is under way ends by itself: an interrupt would reach what takes a script back as well. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
