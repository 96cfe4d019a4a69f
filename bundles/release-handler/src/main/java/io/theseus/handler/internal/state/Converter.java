// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import org.jspecify.annotations.Nullable;

/**
 * Hands the state of one component to its successor. Made once for a pair of components, from their types.
 *
 * <p>Thread safety: safe for use by many threads.
 */
public final class Converter {
    private final Class<?> successor;
    private final Conversion conversion;
    private final String where;

    Converter(Class<?> successor, Conversion conversion, String where) {
        this.successor = successor;
        this.conversion = conversion;
        this.where = where;
    }

    /** Whether the successor gets the very object. */
    public boolean byReference() {
        return conversion == Conversion.REFERENCE;
    }

    /**
     * Converts.
     *
     * @throws StateException if the value, other than its type promised, can not be converted
     */
    public @Nullable Object convert(@Nullable Object state) {
        Object result = conversion.convert(state);
        if (result != null && !successor.isInstance(result)) {
            throw new StateException(
                    where + ": the state is a " + result.getClass().getName() + ", the successor takes a "
                            + successor.getName(),
                    null);
        }
        return result;
    }
}
