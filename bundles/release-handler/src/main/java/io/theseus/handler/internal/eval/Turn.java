// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.eval.Batch.Step;
import io.theseus.release.Problem;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who may go on: the thread that runs instructions, or the one that watches it. The first runs a component's step itself, since a
 * hand-over to another thread and back takes longer than most steps, and callers wait. A component that does not end keeps that thread; then
 * the turn is the watcher's, and the thread does nothing more when the component lets it go.
 *
 * <p>Thread safety: {@link #run} is for the thread that runs instructions, the rest for the one that watches. Whatever the first did
 * before it called the component is visible to the second.
 */
final class Turn {
    /** Begun and ended by the thread that runs, taken by the one that watches: each a compare-and-set, so one of them goes on. */
    private final AtomicReference<@Nullable Inside> inside = new AtomicReference<>();

    private record Inside(Batch batch, Step step) {}

    /** The component has let the thread go, and it is no longer its turn. Nothing may stop this on its way out. */
    static final class OverException extends Error {
        private static final long serialVersionUID = 1;

        private OverException() {
            super("another thread goes on", null, false, false);
        }
    }

    /**
     * Runs a step of the batch on this thread.
     *
     * @throws OverException when it ended too late
     */
    void run(Batch batch, Step step) {
        Inside now = new Inside(batch, step);
        inside.set(now);
        step.run();
        if (!inside.compareAndSet(now, null)) {
            throw new OverException();
        }
    }

    /**
     * Takes the turn from the thread if its step has not ended in time.
     *
     * @throws FailedException when it has been taken, with what failed in the batch, the other steps of which have ended
     */
    void take() throws FailedException {
        Inside now = inside.get();
        if (now != null && now.batch.left(now.step) <= 0 && inside.compareAndSet(now, null)) {
            List<Problem> problems = now.batch.results();
            // It may have ended just now, too late to go on.
            throw new FailedException(problems.isEmpty() ? List.of(now.batch.late(now.step)) : problems);
        }
    }

    /** Asks the component that has the thread, if one has, to let it go. */
    void interrupt() {
        Inside now = inside.get();
        if (now != null) {
            now.step.interrupt();
        }
    }
}
