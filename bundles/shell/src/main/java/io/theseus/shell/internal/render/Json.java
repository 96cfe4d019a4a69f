// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSON.Feature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** JSON documents, made of maps, lists, texts and numbers. */
public final class Json {
    private Json() {}

    public static String text(Object document) {
        try {
            return JSON.std.with(Feature.PRETTY_PRINT_OUTPUT).asString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An object whose fields are the given names and values, in this order. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static long micros(Duration time) {
        return time.toNanos() / 1000;
    }
}
