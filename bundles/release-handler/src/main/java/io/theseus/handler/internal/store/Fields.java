// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of a JSON object, read with complaints that name the field. */
record Fields(Map<String, ?> values) {
    String text(String name) {
        return required(name, String.class);
    }

    /** For what was not always written. */
    String text(String name, String absent) {
        return values.containsKey(name) ? text(name) : absent;
    }

    long number(String name) {
        return required(name, Number.class).longValue();
    }

    boolean flag(String name) {
        return required(name, Boolean.class);
    }

    List<String> texts(String name) {
        List<String> result = new ArrayList<>();
        for (Object each : required(name, List.class)) {
            result.add(String.valueOf(each));
        }
        return result;
    }

    List<Fields> objects(String name) {
        List<Fields> result = new ArrayList<>();
        for (Object each : required(name, List.class)) {
            result.add(new Fields(object(name, each)));
        }
        return result;
    }

    Map<String, Long> numbers(String name) {
        Map<String, Long> result = new HashMap<>();
        object(name, required(name, Map.class)).forEach((key, value) -> {
            if (value instanceof Number number) {
                result.put(key, number.longValue());
            }
        });
        return result;
    }

    Fields object(String name) {
        return new Fields(object(name, required(name, Map.class)));
    }

    private static Map<String, Object> object(String name, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("'" + name + "' is not an object");
        }
        Map<String, Object> result = new HashMap<>();
        map.forEach((key, each) -> result.put(String.valueOf(key), each));
        return result;
    }

    private <T> T required(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "field '" + name + "' is " + (value == null ? "missing" : "'" + value + "'"));
        }
        return type.cast(value);
    }
}
