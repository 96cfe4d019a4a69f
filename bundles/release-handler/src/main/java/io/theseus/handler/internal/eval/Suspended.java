// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.api.CodeChange;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A component that was told to suspend.
 *
 * @param state what it answered; holds null until then
 * @param under while it is being told, on whatever thread
 */
record Suspended(CodeChange<?> instance, Duration limit, AtomicReference<@Nullable Object> state, Lock under) {
    Suspended(CodeChange<?> instance, Duration limit) {
        this(instance, limit, new AtomicReference<>(), new ReentrantLock());
    }

    void suspend() throws Exception {
        told(() -> state.set(instance.suspend()));
    }

    /** Not before its {@code suspend} has ended, though nobody waits for that any more. */
    void resume() throws Exception {
        told(instance::resume);
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
