// SPDX-License-Identifier: Apache-2.0
package sample.app;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import sample.api.Link;

/** A component with a memory of its own: it knows whether it was resumed. */
public final class DsLink implements Link, CodeChange<Integer> {
    private final List<String> life = new ArrayList<>();

    public void activate(BundleContext context) {
        life.add(context.getBundle().getVersion().toString());
    }

    @Override
    public List<String> walk() {
        return List.copyOf(life);
    }

    @Override
    public CompletableFuture<List<String>> later() {
        return CompletableFuture.completedFuture(walk());
    }

    @Override
    public <T> T inside(Supplier<T> work) {
        return work.get();
    }

    @Override
    public Integer suspend() {
        return life.size();
    }

    @Override
    public void codeChange(Integer state, Change change) {
        life.add("took " + state);
    }

    @Override
    public void resume() {
        life.add("resumed");
    }
}
