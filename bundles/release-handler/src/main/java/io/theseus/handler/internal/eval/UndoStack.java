// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.release.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** How to take back what was done, last first. Thread safety: used by one thread at a time ({@link Turn}). */
final class UndoStack {
    private final Operation operation;
    private final Deque<Inverse> inverses = new ArrayDeque<>();
    private final List<Problem> failures = new ArrayList<>();
    /** What is being taken back; it is still there when that did not end. */
    private Optional<Inverse> running = Optional.empty();

    private boolean clean = true;

    UndoStack(Operation operation) {
        this.operation = operation;
    }

    private record Inverse(String text, Action action) {}

    void push(String text, Action action) {
        inverses.push(new Inverse(text, action));
    }

    /** Whether everything that was taken back so far was. */
    boolean clean() {
        return clean;
    }

    int depth() {
        return inverses.size();
    }

    /**
     * Takes back until only {@code depth} are left. One that fails does not stop the others, and after one that did not end
     * another thread goes on with the next.
     *
     * @return what failed
     */
    List<Problem> undoTo(int depth) {
        clean &= running.isEmpty();
        while (inverses.size() > depth) {
            Inverse inverse = inverses.pop();
            running = Optional.of(inverse);
            try {
                operation.undo(inverse.text(), inverse.action());
            } catch (Turn.OverException e) {
                throw e;
            } catch (Exception | Error e) {
                clean = false;
                failures.addAll(Problems.of(e, "undo: " + inverse.text()));
            }
        }
        running = Optional.empty();
        List<Problem> result = List.copyOf(failures);
        failures.clear();
        return result;
    }
}
