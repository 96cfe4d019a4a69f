// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import org.jspecify.annotations.Nullable;

/** Makes a value of the successor's type from one of the predecessor's. Thread safety: stateless once made. */
@FunctionalInterface
interface Conversion {
    /** Passes the very object on. */
    Conversion REFERENCE = value -> value;

    /** @throws StateException if this value, other than its type promised, can not be converted */
    @Nullable
    Object convert(@Nullable Object value);

    /** The same, passing {@code null} on. */
    static Conversion ofPresent(Conversion conversion) {
        return value -> value == null ? null : conversion.convert(value);
    }
}
