// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what keeps a generation alive without a thread: asynchronous results and wrapped tasks. Striped, so that
 * callers do not meet. Releases are counted before acquisitions: the answer may be too high while something moves, never
 * too low.
 */
final class Holds {
    private final LongAdder taken = new LongAdder();
    private final LongAdder released = new LongAdder();

    void take() {
        taken.increment();
    }

    void release() {
        released.increment();
    }

    long count() {
        long gone = released.sum();
        return taken.sum() - gone;
    }
}
