// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.eval.Batch.Step;
import io.theseus.handler.internal.eval.Batch.Task;
import io.theseus.release.Problem;
import java.util.ArrayList;
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
import java.util.concurrent.locks.LockSupport;
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
    /** How long a step may take while others wait for their turn, in nanoseconds. */
    private static final long NO_TIME = 1_000_000;
    /** How many steps are worth a second thread from the beginning, which takes them from the other end. */
    private static final int MANY = 32;

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
        batch.begin();
        batch.steps().forEach(threads::execute);
        return batch.results();
    }

    /**
     * The same, but one after the other as long as each is done in no time: there may be a thousand, and a thread for each takes longer than most
     * of them. Many are begun at both ends. When one takes its time, more and more threads begin those that have not begun.
     *
     * <p>On this thread, if it is watched. For steps after which only what {@link #watched} does need be done.
     *
     * @throws Turn.OverException when one of them did not end in time
     */
    List<Problem> run(Batch batch, Optional<Turn> turn) {
        batch.begin();
        List<Step> inTurn = new ArrayList<>();
        for (Step step : batch.steps()) {
            // Of one that may be skipped this thread must know when its time is over.
            if (step.task().late().isEmpty()) {
                inTurn.add(step);
            } else {
                threads.execute(step);
            }
        }
        boolean many = inTurn.size() > MANY;
        if (inTurn.size() > 1) {
            threads.execute(() -> beginWhatWaits(batch, inTurn, many ? 2 : 1));
        }
        if (many) {
            threads.execute(() -> fromTheEnd(inTurn));
        }
        if (turn.isPresent()) {
            inTurn.forEach(step -> turn.get().run(batch, step));
        } else if (!inTurn.isEmpty()) {
            threads.execute(() -> inTurn.forEach(Step::run));
        }
        return batch.results();
    }

    private static void fromTheEnd(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            steps.get(i).run();
        }
    }

    /**
     * As long as a thread takes its time for a step, as many threads again take steps. Not all at once: when a collection has stopped everybody it
     * looks the same, and to begin a thousand threads takes longer than it did.
     */
    private void beginWhatWaits(Batch batch, List<Step> inTurn, int atWork) {
        int all = batch.steps().size();
        int taking = atWork;
        int begun = batch.begun();
        while (begun < all) {
            LockSupport.parkNanos(NO_TIME);
            int now = batch.begun();
            if (now - begun < taking) {
                int more = Math.min(taking, all - now);
                for (int i = 0; i < more; i++) {
                    threads.execute(() -> inTurn.forEach(Step::run));
                }
                taking += more;
            }
            begun = now;
        }
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
