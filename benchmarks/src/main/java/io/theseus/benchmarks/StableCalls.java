// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.switchboard.internal.call.Board;
import io.theseus.switchboard.internal.call.StableObject;
import io.theseus.switchboard.internal.call.Standalone;
import io.theseus.switchboard.internal.call.Traffic;
import io.theseus.switchboard.internal.call.Wiring;
import io.theseus.switchboard.internal.stable.StableClass;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Stable objects without a framework. All share one board, as all applications of a container do. */
final class StableCalls {
    private static final Board BOARD = new Board();
    private static final Traffic TRAFFIC = new Traffic(BOARD);
    private static final String APPLICATION = "prices";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** Calls between two releases: enough for the compiler to have done its best with one version before the next one comes. */
    private static final long MANY = 2_000_000;
    /** How long a gate stays closed, in nanoseconds, so that the caller meets it. */
    private static final long MET = 1_000_000;

    private StableCalls() {}

    /** A stable object in front of a target, each target an application of its own. */
    static <T> T front(Class<T> type, T target) {
        StableObject stable = StableClass.define(List.of(type))
                .create(Standalone.wiring(BOARD, target.getClass().getName(), target));
        // As in a container, where a target is obtained once for each side and then is there.
        StableObject.target(stable, 0, target);
        StableObject.target(stable, 1, target);
        return type.cast(stable);
    }

    /** A stable object whose target has been replaced, by one of another class each time, while a thread called it. */
    static Price upgraded(int releases) throws InterruptedException {
        Price first = Twenty.another();
        StableObject stable = StableClass.define(List.of(Price.class))
                .create(new Wiring(BOARD, TRAFFIC.application(APPLICATION), new Standalone(first), APPLICATION));
        StableObject.target(stable, BOARD.current().side(), first);
        Price price = (Price) stable;
        AtomicLong calls = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            while (!over.get()) {
                if (price.of(calls.incrementAndGet()) <= 0) {
                    throw new IllegalStateException("no price");
                }
            }
        });
        caller.start();
        try {
            for (int i = 0; i < releases; i++) {
                await(calls, MANY);
                release(stable);
            }
            await(calls, MANY);
        } finally {
            over.set(true);
            caller.join();
        }
        return price;
    }

    private static void release(StableObject stable) {
        int side = BOARD.open().side();
        StableObject.target(stable, side, Twenty.another());
        boolean quiet = TRAFFIC.suspend(Set.of(APPLICATION), LIMIT, LIMIT, any -> Set.of(), any -> false)
                .isEmpty();
        LockSupport.parkNanos(MET);
        if (!quiet || TRAFFIC.switchOver().vetoedBy().isPresent()) {
            throw new IllegalStateException("calls did not end");
        }
        TRAFFIC.resume();
        if (!TRAFFIC.awaitIdle(LIMIT).isEmpty()) {
            throw new IllegalStateException("calls of the old version did not end");
        }
        BOARD.drop();
        StableObject.target(stable, 1 - side, null);
        // As after make-permanent: the class of the old target is unloaded some time later.
        System.gc();
    }

    private static void await(AtomicLong calls, long more) {
        long until = calls.get() + more;
        while (calls.get() < until) {
            Thread.onSpinWait();
        }
    }
}
