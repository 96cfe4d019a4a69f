// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes plain Java values of YAML: String, Integer, Long, Double, Boolean, List and Map. */
final class Plain {
    private Plain() {}

    static Map<String, Object> map(Yaml.Mapping mapping, Problems problems) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Yaml.Field field : mapping.fields()) {
            value(field.value(), problems).ifPresent(v -> map.put(field.key().text(), v));
        }
        return Collections.unmodifiableMap(map);
    }

    private static Optional<Object> value(Yaml yaml, Problems problems) {
        if (yaml instanceof Yaml.Mapping mapping) {
            return Optional.of(map(mapping, problems));
        }
        if (yaml instanceof Yaml.Sequence sequence) {
            List<Object> items = new ArrayList<>();
            sequence.items().forEach(i -> value(i, problems).ifPresent(items::add));
            return Optional.of(Collections.unmodifiableList(items));
        }
        return scalar((Yaml.Scalar) yaml, problems);
    }

    private static Optional<Object> scalar(Yaml.Scalar scalar, Problems problems) {
        return switch (scalar.type()) {
            case TEXT -> Optional.of(scalar.text());
            case BOOLEAN -> Optional.of(Boolean.parseBoolean(scalar.text()));
            case DECIMAL -> Optional.of(decimal(scalar.text()));
            case INTEGER -> integer(scalar, problems);
            case NULL -> {
                problems.add(
                        scalar.place(), "a value is missing", "leave the key out, or write \"\" for an empty text");
                yield Optional.empty();
            }
        };
    }

    private static Optional<Object> integer(Yaml.Scalar scalar, Problems problems) {
        try {
            long number = Long.parseLong(scalar.text());
            return Optional.of(number == (int) number ? (Object) (int) number : (Object) number);
        } catch (NumberFormatException e) {
            problems.add(
                    scalar.place(), scalar.text() + " is too big for a whole number", "write it as a text, in quotes");
            return Optional.empty();
        }
    }

    private static Object decimal(String text) {
        return switch (text) {
            case ".inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            case ".nan" -> Double.NaN;
            default -> Double.valueOf(text);
        };
    }
}
