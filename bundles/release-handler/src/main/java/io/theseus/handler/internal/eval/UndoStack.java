// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.release.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** How to take back what was done, last first. Thread safety: used by one thread. */
final class UndoStack {
    private final Operation operation;
    private final Deque<Inverse> inverses = new ArrayDeque<>();
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
     * Takes back until only {@code depth} are left. One that fails does not stop the others.
     *
     * @return what failed
     */
    List<Problem> undoTo(int depth) {
        List<Problem> failures = new ArrayList<>();
        while (inverses.size() > depth) {
            Inverse inverse = inverses.pop();
            try {
                operation.undo(inverse.text(), inverse.action());
            } catch (Exception | Error e) {
                clean = false;
                failures.addAll(Problems.of(e, "undo: " + inverse.text()));
            }
        }
        return failures;
    }
}
