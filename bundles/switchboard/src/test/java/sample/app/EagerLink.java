// SPDX-License-Identifier: Apache-2.0
package sample.app;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import sample.api.Link;

/** A component that calls another application as soon as it is active, or as soon as it is resumed if it is stateful. */
public class EagerLink implements Link {
    private final List<String> met = new ArrayList<>();
    Link next;

    public void bind(Link bound) {
        next = bound;
    }

    public void activate() {
        meet();
    }

    void meet() {
        met.addAll(next.walk());
    }

    @Override
    public List<String> walk() {
        return List.copyOf(met);
    }

    @Override
    public CompletableFuture<List<String>> later() {
        return CompletableFuture.completedFuture(walk());
    }

    @Override
    public <T> T inside(Supplier<T> work) {
        return work.get();
    }

    /** The one that waits for its resume. */
    public static final class Stateful extends EagerLink implements CodeChange<Integer> {
        @Override
        public void activate() {
            // Contract: nothing before resume.
        }

        @Override
        public Integer suspend() {
            return 0;
        }

        @Override
        public void codeChange(Integer state, Change change) {}

        @Override
        public void resume() {
            meet();
        }
    }
}
