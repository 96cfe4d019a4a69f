// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the plans of a way said. Thread safety: for one thread. */
final class Changes {
    private final Set<String> moved = new TreeSet<>();
    private final Set<String> paused = new TreeSet<>();

    /** @param plan as {@code release:plan --json} prints it */
    void add(JsonNode plan) {
        Set<String> rows = new TreeSet<>();
        plan.path("applications")
                .forEach(row -> rows.add(row.path("application").asText()));
        moved.addAll(rows);
        for (JsonNode step : plan.path("script")) {
            String instruction = step.path("instruction").asText();
            if (instruction.startsWith("suspend:")) {
                rows.stream().filter(row -> names(instruction, row)).forEach(paused::add);
            }
        }
    }

    /** Symbolic names of what changed, came, went or moved along. */
    Set<String> moved() {
        return Collections.unmodifiableSet(moved);
    }

    /** Those whose callers waited at a gate. */
    Set<String> paused() {
        return Collections.unmodifiableSet(paused);
    }

    private static boolean names(String instruction, String row) {
        return Pattern.compile("(?<![\\w.-])" + Pattern.quote(row) + "(?![\\w.-])")
                .matcher(instruction)
                .find();
    }
}
