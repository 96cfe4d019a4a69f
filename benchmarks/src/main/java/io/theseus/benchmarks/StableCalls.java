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
import java.util.function.BooleanSupplier;

/** Stable objects without a framework. All share one board, as all applications of a container do. */
final class StableCalls {
    private static final Board BOARD = new Board();
    private static final Traffic TRAFFIC = new Traffic(BOARD);
    private static final String APPLICATION = "prices";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** Calls between two releases: enough for the compiler to have done its best with one version before the next one comes. */
    private static final long MANY = 2_000_000;

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
                .create(new Wiring(BOARD, TRAFFIC.application(APPLICATION), new Given(first), APPLICATION));
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
                awaitMore(caller, calls);
                release(stable, caller);
            }
            awaitMore(caller, calls);
        } finally {
            over.set(true);
            caller.join();
        }
        return price;
    }

    private static void release(StableObject stable, Thread caller) {
        int side = BOARD.open().side();
        StableObject.target(stable, side, Twenty.another());
        boolean quiet = TRAFFIC.suspend(Set.of(APPLICATION), LIMIT, LIMIT, any -> Set.of(), any -> false)
                .isEmpty();
        // It meets the closed gate.
        await(caller, () -> caller.getState() == Thread.State.TIMED_WAITING);
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

    private static void awaitMore(Thread caller, AtomicLong calls) {
        long until = calls.get() + MANY;
        await(caller, () -> calls.get() >= until);
    }

    /** As long as the caller lives: it gives up at a gate that nobody opens. */
    private static void await(Thread caller, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!caller.isAlive()) {
                throw new IllegalStateException("a call failed");
            }
            Thread.onSpinWait();
        }
    }

    /** Has its targets already: a call that looks for one would be measured instead of a call. */
    private static final class Given extends Standalone {
        Given(Object target) {
            super(target);
        }

        @Override
        public Object obtain(int side) {
            throw new IllegalStateException("no target on side " + side);
        }
    }
}
