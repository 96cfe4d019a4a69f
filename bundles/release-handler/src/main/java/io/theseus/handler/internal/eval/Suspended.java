// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.api.CodeChange;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A component that was told to suspend.
 *
 * @param state what it answered; holds null until then
 */
record Suspended(CodeChange<?> instance, Duration limit, AtomicReference<@Nullable Object> state) {
    Suspended(CodeChange<?> instance, Duration limit) {
        this(instance, limit, new AtomicReference<>());
    }

    void suspend() throws Exception {
        state.set(instance.suspend());
    }
}
