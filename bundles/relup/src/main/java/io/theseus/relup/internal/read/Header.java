// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import java.util.ArrayList;
import java.util.List;

/** A manifest header: clauses, each with paths and parameters (OSGi Core 3.2.3). */
final class Header {
    private Header() {}

    /** One clause; parameters as written, {@code name:="value"} or {@code name=value}, without quotes. */
    record Clause(List<String> paths, List<String> parameters) {}

    static List<Clause> clauses(String header) {
        List<Clause> clauses = new ArrayList<>();
        for (String clause : split(header, ',')) {
            List<String> paths = new ArrayList<>();
            List<String> parameters = new ArrayList<>();
            for (String part : split(clause, ';')) {
                (part.contains("=") ? parameters : paths)
                        .add(part.replace("\"", "").replace(" ", ""));
            }
            clauses.add(new Clause(paths, parameters));
        }
        return clauses;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length() || (text.charAt(i) == separator && !quoted);
            if (end) {
                String part = text.substring(begin, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                begin = i + 1;
            } else if (text.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return parts;
    }
}
