// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.eval.Batch.Step;
import io.theseus.release.Problem;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who may go on: the thread that runs instructions, or the one that watches it. The first runs a component's step itself, since a
 * hand-over to another thread and back takes longer than most steps, and callers wait. A component that does not end keeps that thread; then
 * the turn is the watcher's, and the thread does nothing more when the component lets it go.
 *
 * <p>Thread safety: {@link #begin} and {@link #run} are for the thread that runs instructions, the rest for the one that watches. Whatever the first did
 * before it called the component is visible to the second.
 */
final class Turn {
    /** Set by the thread that runs; ended by it or taken by the one that watches, each by a compare-and-set, so one of them goes on. */
    private final AtomicReference<@Nullable Inside> inside = new AtomicReference<>();

    /** Made now, when there is memory for it. */
    private final OverException over = new OverException();

    private record Inside(Batch batch, Step step) {}

    /** Written once, before the first instruction. */
    private volatile @Nullable Thread thread;

    /** Written by the one that watches, once. */
    private @Nullable Inside won;

    /** The component has let the thread go, and it is no longer its turn. Nothing may stop this on its way out. */
    static final class OverException extends Error {
        private static final long serialVersionUID = 1;

        private OverException() {
            super("another thread goes on", null, false, false);
        }
    }

    /** This thread runs the instructions. */
    void begin() {
        thread = Thread.currentThread();
    }

    /**
     * Runs a step of the batch on this thread.
     *
     * @throws OverException when it ended too late
     */
    void run(Batch batch, Step step) {
        Inside now = new Inside(batch, step);
        inside.set(now);
        try {
            step.run();
        } catch (Error e) {
            // None of the component's, which the step keeps: but whose turn it is must be known all the same.
            end(now);
            throw e;
        }
        end(now);
    }

    private void end(Inside now) {
        if (!inside.compareAndSet(now, null)) {
            throw over;
        }
    }

    /**
     * Takes the turn from the thread if its step has not ended in time, or was interrupted and goes on all the same.
     *
     * @return whether it has been taken
     */
    boolean take() {
        Inside now = inside.get();
        boolean taken = now != null
                && (now.step.interrupted() || now.batch.left(now.step) <= 0)
                && inside.compareAndSet(now, null);
        if (taken) {
            won = now;
        }
        return taken;
    }

    /** What failed in the batch that the turn was taken from. Waits for its other steps. */
    List<Problem> failures() {
        Inside now = Objects.requireNonNull(won, "not taken");
        List<Problem> problems = now.batch.results();
        // It may have ended just now, too late to go on.
        return problems.isEmpty() ? List.of(now.batch.late(now.step)) : problems;
    }

    /** Asks the component that has the thread to let it go; what else the thread waits for, if none has. */
    void interrupt() {
        Inside now = inside.get();
        Thread there = thread;
        if (now != null) {
            now.step.interrupt();
        } else if (there != null) {
            there.interrupt();
        }
    }
}
