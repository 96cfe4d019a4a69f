// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A component that is told to suspend.
 *
 * @param state what it answered; holds null until then
 * @param under while it is being told, on whatever thread
 */
record Suspended(Instance instance, Duration limit, AtomicReference<@Nullable Object> state, Lock under) {
    Suspended(Instance instance, Duration limit) {
        this(instance, limit, new AtomicReference<>(), new ReentrantLock());
    }

    void suspend() throws Exception {
        told(() -> state.set(instance.get().suspend()));
    }

    /** Not before its {@code suspend} has ended, though nobody waits for that any more. One that was not told to suspend has nothing to resume. */
    void resume() throws Exception {
        told(() -> {
            if (instance.told().isPresent()) {
                instance.get().resume();
            }
        });
    }

    private void told(Action action) throws Exception {
        under.lockInterruptibly();
        try {
            action.run();
        } finally {
            under.unlock();
        }
    }
}
