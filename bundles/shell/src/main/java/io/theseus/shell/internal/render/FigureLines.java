// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.release.Report.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The figures of a report, a line each; known ones first and by their words, others by name. */
final class FigureLines {
    private static final Map<String, String> WORDS = words();

    private FigureLines() {}

    static List<String> of(Map<String, Long> figures) {
        List<String> lines = new ArrayList<>();
        Map<String, Long> rest = new TreeMap<>(figures);
        WORDS.forEach((name, words) -> {
            Long value = rest.remove(name);
            if (value != null) {
                lines.add(line(words, name, value));
            }
        });
        rest.forEach((name, value) -> lines.add(line(name, name, value)));
        return lines;
    }

    private static String line(String words, String name, long value) {
        String text = name.endsWith("_us") ? HumanTime.ofMicros(value) : Long.toString(value);
        return String.format(Locale.ROOT, "%-33s %s", words, text);
    }

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put(Figure.SWITCH_US, "switch");
        words.put(Figure.SUSPENDED_US, "gates closed for");
        words.put(Figure.WAITED, "calls that waited at a gate");
        words.put(Figure.LONGEST_WAIT_US, "longest wait at a gate");
        words.put(Figure.GATE_FAILURES, "calls that failed at a gate");
        words.put(Figure.INTERRUPTED, "calls interrupted by the purge");
        words.put(Figure.LEAKED_LOADERS, "class loaders left over");
        return words;
    }
}
