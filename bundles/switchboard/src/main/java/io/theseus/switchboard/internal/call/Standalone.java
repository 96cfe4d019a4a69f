// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import org.jspecify.annotations.Nullable;

/** A backing whose target is simply there: for benchmarks and tests without a framework. */
public class Standalone implements Backing {
    private final Object target;

    public Standalone(Object target) {
        this.target = target;
    }

    /** The wiring of a stable object in front of a target. */
    public static Wiring wiring(Board board, String application, Object target) {
        return new Wiring(
                board,
                new Application(application),
                new Standalone(target),
                target.getClass().getName());
    }

    @Override
    public @Nullable Object obtain(int side) {
        return target;
    }

    @Override
    public void begin(Object begun, @Nullable Object argument) {}

    @Override
    public void end(@Nullable Object argument) {}

    @Override
    public @Nullable Pin redispatched(Object request) {
        return null;
    }

    @Override
    public void after(Object request, Hold.Taker hold) {}
}
