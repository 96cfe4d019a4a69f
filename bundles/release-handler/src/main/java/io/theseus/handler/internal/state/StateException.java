// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import org.jspecify.annotations.Nullable;

/** A value of a state can not be converted although the types promised it. The message is a sentence for the author. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
