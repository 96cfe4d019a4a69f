// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.api.Change;
import io.theseus.api.Direction;
import io.theseus.port.Switchboard.Incoming;
import io.theseus.port.Switchboard.Switched;
import io.theseus.port.Switchboard.Waits;
import io.theseus.release.Status.BusyCall;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleWiring;
import sample.api.Work;

/**
 * The real switchboard in a real framework, for {@code stress.seconds}: one release after the other is brought, refused,
 * undone, rolled back or kept, while clients call, services come and go, bundles are stopped and updated by hand and
 * properties change. {@code stress.seed} says in which order things are tried.
 */
class StressTest {
    private static final int CLIENTS = 3;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int KEPT_BY_THE_JVM = 2;

    private final long seconds = Long.getLong("stress.seconds", 30);
    private final long seed = Long.getLong("stress.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final List<WeakReference<ClassLoader>> purged = new ArrayList<>();
    private final Set<Outcome> seen = new TreeSet<>();
    private Container container;
    private StressShop shop;
    private StressStorm storm;
    private Bundle front;
    private Bundle store;
    private String version = "1.0.0";
    private int vetoes;

    /** How a release ends. */
    private enum Outcome {
        REFUSED,
        UNDONE_BEFORE_THE_SWITCH,
        UNDONE_AFTER_THE_SWITCH,
        ROLLED_BACK,
        KEPT
    }

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        container.switchboard();
        shop = new StressShop(container, CLIENTS, executor);
        store = started("store", version);
        started("middle", version);
        front = started("front", version);
        storm = new StressStorm(container, shop, CLIENTS, seed);
    }

    @AfterEach
    void stop() throws Exception {
        executor.shutdownNow();
        container.close();
    }

    private Bundle started(String application, String number) throws Exception {
        Bundle bundle = shop.install(application, number);
        bundle.start();
        return bundle;
    }

    @Test
    void nothingFailsAndNothingIsLostWhateverHappensMeanwhile() throws Exception {
        int bundles = container.system().getBundles().length;
        storm.begin();
        long end = System.nanoTime() + SECONDS.toNanos(seconds);
        int rounds = 0;
        try {
            while ((System.nanoTime() - end < 0 || seen.size() < Outcome.values().length) && !storm.broken()) {
                Outcome[] outcomes = Outcome.values();
                release("1." + ++rounds + ".0", outcomes[random.nextInt(outcomes.length)]);
            }
        } finally {
            storm.end();
        }

        String run = "seed " + seed + ", " + rounds + " releases, " + vetoes + " vetoes, " + storm;
        System.out.println("StressTest: " + run);
        assertThat(storm.failures()).as(run).isEmpty();
        assertThat(shop.store(version).posts()).as(run).containsExactly(storm.posted());
        assertThat(storm.calls()).as(run).isGreaterThan(rounds);
        assertThat(container.system().getBundles()).as(run).hasSize(bundles);
        assertThat(container.exchange.applications().keySet()).as(run).contains("front", "middle", "store");
        assertThat(container.exchange.traffic().board().other()).as(run).isNull();
        assertThat(storm.front().look()).as(run).containsOnly(version);
        assertThat(container.stable(Work.class)).as(run).containsExactlyInAnyOrder("front", "middle", "store");
        assertThat(container.stable(Runnable.class)).as(run).isEmpty();
        assertNothingIsLeft(run);
    }

    private void assertNothingIsLeft(String run) {
        storm.forget();
        await(run).atMost(60, SECONDS).until(() -> {
            System.gc();
            // The last ones a thread has called may be in its stack map or inline cache until it calls others.
            return purged.stream().filter(loader -> loader.get() != null).count() <= KEPT_BY_THE_JVM;
        });
    }

    private void release(String next, Outcome outcome) throws Exception {
        Bundle newFront = shop.install("front", next);
        Bundle newStore = shop.install("store", next);
        container.exchange.open(new Incoming(
                Map.of(front.getBundleId(), newFront.getBundleId(), store.getBundleId(), newStore.getBundleId()),
                Set.of(),
                Set.of(),
                Map.of(newStore.getBundleId(), Set.of(StressShop.COMPONENT))));
        container.exchange.traffic().inOther(() -> {
            newStore.start();
            newFront.start();
            return true;
        });
        assertThat(container.exchange.warm()).as("seed %d", seed).isEmpty();
        boolean there = outcome != Outcome.REFUSED && install(next, outcome);
        seen.add(outcome);
        if (there) {
            discard(version, front, store);
            version = next;
            front = newFront;
            store = newStore;
        } else {
            discard(next, newFront, newStore);
        }
    }

    /** Whether the release is there in the end. */
    private boolean install(String next, Outcome outcome) throws Exception {
        if (outcome == Outcome.UNDONE_BEFORE_THE_SWITCH) {
            suspend(Set.of("store"));
            shop.store(version).suspend();
            shop.store(version).resume();
            resume();
            return false;
        }
        handOver(version, next, outcome == Outcome.UNDONE_AFTER_THE_SWITCH);
        if (outcome == Outcome.ROLLED_BACK) {
            handOver(next, version, false);
        }
        return outcome == Outcome.KEPT;
    }

    private void handOver(String from, String to, boolean fails) throws Exception {
        Set<String> closing = new TreeSet<>(Set.of("store"));
        for (Switched switched = attempt(from, closing); switched.vetoedBy().isPresent(); ) {
            vetoes++;
            shop.store(from).resume();
            resume();
            closing.add(switched.vetoedBy().get());
            switched = attempt(from, closing);
        }
        Change change = new Change(Direction.UP, new Version(from), new Version(to), Map.of());
        shop.store(to).codeChange(shop.store(from).suspend(), change);
        if (fails) {
            assertThat(container.exchange.switchOver().vetoedBy()).isEmpty();
            shop.store(from).resume();
        } else {
            shop.store(to).resume();
        }
        resume();
    }

    private Switched attempt(String from, Set<String> closing) {
        suspend(closing);
        shop.store(from).suspend();
        return container.exchange.switchOver();
    }

    private void suspend(Set<String> applications) {
        List<BusyCall> left = container.exchange.suspend(applications, LONG, LONG);
        assertThat(left).as("seed %d", seed).isEmpty();
    }

    private void resume() {
        Waits waits = container.exchange.resume();
        assertThat(waits.failed()).as("seed %d", seed).isZero();
    }

    private void discard(String number, Bundle... bundles) throws Exception {
        assertThat(container.exchange.traffic().awaitIdle(LONG))
                .as("seed %d", seed)
                .isEmpty();
        container.exchange.drop();
        shop.forget(number);
        for (Bundle bundle : bundles) {
            purged.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
            bundle.uninstall();
        }
    }
}
