// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Numbers that become wider ones, and boxes of them. */
final class Scalars {
    // A float does not hold every int, and a double not every long.
    private static final Map<Class<?>, Set<Class<?>>> WIDER = Map.of(
            Byte.class, Set.of(Short.class, Integer.class, Long.class, Float.class, Double.class),
            Short.class, Set.of(Integer.class, Long.class, Float.class, Double.class),
            Integer.class, Set.of(Long.class, Double.class),
            Float.class, Set.of(Double.class));

    private Scalars() {}

    static Optional<Conversion> widen(Class<?> from, Class<?> to) {
        Class<?> before = box(from);
        Class<?> after = box(to);
        if (before == after && (from.isPrimitive() || to.isPrimitive())) {
            // Unboxing null would fail in the middle of a handover, so it becomes what an unset primitive is.
            return Optional.of(to.isPrimitive() && !from.isPrimitive() ? orZero(to) : Conversion.REFERENCE);
        }
        if (!WIDER.getOrDefault(before, Set.of()).contains(after)) {
            return Optional.empty();
        }
        Conversion widened = number(after);
        return Optional.of(
                to.isPrimitive()
                        ? value -> value == null ? zero(to) : widened.convert(value)
                        : Conversion.ofPresent(widened));
    }

    static Class<?> box(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    private static Conversion number(Class<?> to) {
        if (to == Short.class) {
            return value -> ((Number) Objects.requireNonNull(value)).shortValue();
        }
        if (to == Integer.class) {
            return value -> ((Number) Objects.requireNonNull(value)).intValue();
        }
        if (to == Long.class) {
            return value -> ((Number) Objects.requireNonNull(value)).longValue();
        }
        return to == Float.class
                ? value -> ((Number) Objects.requireNonNull(value)).floatValue()
                : value -> ((Number) Objects.requireNonNull(value)).doubleValue();
    }

    private static Conversion orZero(Class<?> primitive) {
        Object zero = zero(primitive);
        return value -> value == null ? zero : value;
    }

    private static Object zero(Class<?> primitive) {
        return Array.get(Array.newInstance(primitive, 1), 0);
    }
}
