// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Values of YAML as a configuration may have them. Thread safety: stateless. */
final class ConfigurationValues {
    private static final Set<Class<?>> SIMPLE =
            Set.of(String.class, Integer.class, Long.class, Double.class, Boolean.class);

    private ConfigurationValues() {}

    /** Empty when there is no such value; a list becomes an array of what is in it. */
    static Optional<Object> typed(Object value) {
        if (SIMPLE.contains(value.getClass())) {
            return Optional.of(value);
        }
        if (!(value instanceof List<?> list)) {
            return Optional.empty();
        }
        Class<?> type = list.isEmpty() ? String.class : list.get(0).getClass();
        if (!SIMPLE.contains(type) || !list.stream().allMatch(type::isInstance)) {
            return Optional.empty();
        }
        Object array = Array.newInstance(type, list.size());
        for (int i = 0; i < list.size(); i++) {
            Array.set(array, i, list.get(i));
        }
        return Optional.of(array);
    }
}
