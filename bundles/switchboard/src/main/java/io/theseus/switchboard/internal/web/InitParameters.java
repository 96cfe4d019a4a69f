// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.web;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The initial parameters of a whiteboard service: its own properties with a prefix. */
final class InitParameters {
    private final Map<String, String> values = new TreeMap<>();

    InitParameters(Map<String, Object> properties, String prefix) {
        properties.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                values.put(key.substring(prefix.length()), String.valueOf(value));
            }
        });
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    Enumeration<String> names() {
        return Collections.enumeration(values.keySet());
    }
}
