// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code release:history --json} says of one operation.
 *
 * @param problems one sentence each
 */
record ReleaseReport(
        String operation, String to, String outcome, long tookUs, Map<String, Long> figures, List<String> problems) {

    private static final ReleaseReport NONE = new ReleaseReport("", "", "", 0, Map.of(), List.of());

    /** The last entry of a history for an operation; an empty report when there is none. */
    static ReleaseReport last(String operation, String json) throws IOException {
        ReleaseReport last = NONE;
        for (Object entry : JSON.std.listFrom(json)) {
            ReleaseReport report = of((Map<?, ?>) entry);
            last = report.operation().equals(operation) ? report : last;
        }
        return last;
    }

    OptionalLong figure(String name) {
        Long value = figures.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static ReleaseReport of(Map<?, ?> entry) {
        return new ReleaseReport(
                text(entry, "operation"),
                text(entry, "to"),
                text(entry, "outcome"),
                number(entry.get("took_us")),
                figures(entry.get("figures")),
                maps(entry.get("problems")).stream()
                        .map(ReleaseReport::sentence)
                        .toList());
    }

    private static String sentence(Map<?, ?> problem) {
        String where = text(problem, "where");
        return where.isEmpty() ? text(problem, "text") : where + ": " + text(problem, "text");
    }

    private static Map<String, Long> figures(@Nullable Object figures) {
        Map<String, Long> numbers = new TreeMap<>();
        if (figures instanceof Map<?, ?> map) {
            map.forEach((name, value) -> numbers.put(String.valueOf(name), number(value)));
        }
        return numbers;
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> entries) {
            entries.forEach(e -> maps.add((Map<?, ?>) e));
        }
        return maps;
    }

    private static String text(Map<?, ?> entry, String name) {
        Object value = entry.get(name);
        return value == null ? "" : value.toString();
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
