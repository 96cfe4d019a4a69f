// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON to plain maps and back. JSON is YAML too, so what is written here reads as either. */
final class Json {
    private static final JSON LINE = JSON.std.with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS);
    private static final JSON PAGE = LINE.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

    private Json() {}

    static String line(Map<String, ?> value) {
        return print(LINE, value);
    }

    static String page(Map<String, ?> value) {
        return print(PAGE, value) + "\n";
    }

    /** @throws IOException if the text is no JSON object */
    static Map<String, Object> read(String text) throws IOException {
        try {
            Map<String, Object> object = LINE.mapFrom(text);
            if (object == null) {
                throw new IOException("it is null, and no object");
            }
            return object;
        } catch (JacksonException e) {
            // Its message is of several lines, and about the parser.
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw new IOException(where + e.getOriginalMessage(), e);
        }
    }

    private static String print(JSON json, Map<String, ?> value) {
        try {
            return json.asString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
