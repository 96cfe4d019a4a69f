// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Watches the class loaders of uninstalled bundles, weakly. What other bundles are wired to stays in the framework until they are
 * uninstalled too; Felix lets go of it then by itself. Holds names and ids, never a bundle. Thread safety: safe for use by many threads.
 */
final class Reclaiming {
    /**
     * How long to wait for the collector's word before asking it again, the first time; each time longer by as much. More than one collection
     * is needed: G1 takes what is in its survivor regions for alive, dead or not, until it has grown old there, and that is a matter of how
     * many collections there were, not of time. What is left after a few of them waits for something else, a thread that is idle for
     * example, and each collection stops all threads while it unloads classes.
     */
    private static final long ROUND_MILLIS = 50;

    private final Framework framework;
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final List<Watched> watched = new CopyOnWriteArrayList<>();

    Reclaiming(Framework framework) {
        this.framework = framework;
    }

    /** To be called before the bundle is uninstalled: afterwards its wiring is out of reach. */
    void watch(Bundle bundle) {
        drop();
        Wires.wirings(bundle)
                .map(BundleWiring::getClassLoader)
                .filter(Objects::nonNull)
                .forEach(loader ->
                        watched.add(new Watched(bundle.getBundleId(), Framework.describe(bundle), loader, collected)));
    }

    /** The queue keeps what it was given until somebody takes it. */
    private void drop() {
        Reference<? extends ClassLoader> taken;
        do {
            taken = collected.poll();
        } while (taken != null);
        watched.removeIf(each -> each.refersTo(null));
    }

    List<String> unreclaimed() {
        drop();
        return watched.stream().map(this::describe).distinct().toList();
    }

    /** A bundle the framework still keeps says for whom. */
    private String describe(Watched each) {
        Set<String> users = new TreeSet<>();
        for (Bundle pending : framework.wiring().getRemovalPendingBundles()) {
            if (pending.getBundleId() == each.bundle) {
                Wires.users(pending)
                        .forEach(id ->
                                framework.find(id).map(Framework::describe).ifPresent(users::add));
            }
        }
        return users.isEmpty() ? each.name : each.name + ", still wired to by " + String.join(", ", users);
    }

    List<String> reclaim(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        List<String> left = unreclaimed();
        for (int round = 1;
                !left.isEmpty()
                        && System.nanoTime() < end
                        && !Thread.currentThread().isInterrupted();
                round++) {
            collect(Math.min(round * ROUND_MILLIS, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            left = unreclaimed();
        }
        return left;
    }

    /** Asking for a collection is the purpose of this class. */
    @SuppressWarnings("SystemGc")
    private void collect(long roundMillis) {
        System.gc();
        try {
            collected.remove(Math.max(1, roundMillis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Watched extends WeakReference<ClassLoader> {
        private final long bundle;
        private final String name;

        Watched(long bundle, String name, ClassLoader loader, ReferenceQueue<ClassLoader> queue) {
            super(loader, queue);
            this.bundle = bundle;
            this.name = name;
        }
    }
}
