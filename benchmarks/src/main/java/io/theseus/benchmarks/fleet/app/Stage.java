// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.app;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.benchmarks.fleet.api.Part;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A stateful component with a mandatory static reference to the next one. Thread safety: safe for use by many threads. */
public final class Stage implements Part, CodeChange<Books> {
    private final Optional<Part> next;
    private final Rule rule = new Rule(7);
    /** A plain field: Theseus writes it with an edge to the calls before and after. */
    private AtomicLong calls = new AtomicLong();

    public Stage() {
        this.next = Optional.empty();
    }

    public Stage(Part next) {
        this.next = Optional.of(next);
    }

    @Override
    public String call(int depth) {
        rule.apply(calls.incrementAndGet());
        if (depth <= 1 || next.isEmpty()) {
            return Note.VERSION;
        }
        return Note.together(next.get().call(depth - 1));
    }

    @Override
    public long calls() {
        return calls.get();
    }

    @Override
    public Books suspend() {
        return new Books(calls, Note.VERSION);
    }

    @Override
    public void codeChange(Books state, Change change) {
        calls = state.calls();
    }

    @Override
    public void resume() {}
}
