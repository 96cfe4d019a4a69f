// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** YAML on one line. */
final class Flow {
    /** What can stand without quotes and still is a text to every reader. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_./$-]*");

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(\\.[A-Za-z0-9_-]+)?");
    private static final Pattern DURATION = Pattern.compile("\\d+(ms|s)");
    private static final Pattern OTHER_TYPE = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private Flow() {}

    static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> text(e.getKey()) + ": " + text(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(Flow::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return number.isNaN() ? ".nan" : number > 0 ? ".inf" : "-.inf";
        }
        return value instanceof String string ? scalar(string) : String.valueOf(value);
    }

    /** Immutable maps have no order of their own. */
    static Map<String, Object> sorted(Map<String, Object> map) {
        return new TreeMap<>(map);
    }

    private static String scalar(String text) {
        boolean plain = WORD.matcher(text).matches()
                || VERSION.matcher(text).matches()
                || DURATION.matcher(text).matches();
        return plain && !OTHER_TYPE.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
