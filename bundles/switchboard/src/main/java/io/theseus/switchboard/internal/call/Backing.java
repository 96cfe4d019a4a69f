// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import org.jspecify.annotations.Nullable;

/** Where a stable object gets its targets from. Called on the slow path only. */
public interface Backing {
    /** Obtains the target of a side and stores it in the stable object; null if no service is there. */
    @Nullable
    Object obtain(int side);

    /** Whether the application is on this side only, without a predecessor or successor whose state might be another. */
    default boolean alone(int side) {
        return false;
    }

    /** Why the target of a side that is not current must not be called, although it is there; null if it may be. */
    default @Nullable String stateless(int side) {
        return null;
    }

    /** A life-cycle method of the container that begins: remembers its argument and passes it to the target. */
    void begin(Object target, Object argument) throws Exception;

    /** A life-cycle method of the container that ends: ends every target that was begun. */
    void end(@Nullable Object argument) throws Exception;

    /** The pin an asynchronous request left with its re-dispatch; null for an ordinary request. */
    @Nullable
    Pin redispatched(Object request);

    /** Takes a hold if the request goes on asynchronously. */
    void after(Object request, Hold.Taker hold);
}
