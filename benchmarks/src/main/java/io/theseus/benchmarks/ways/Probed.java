// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the probe in the container printed.
 *
 * @param answers the last one of each service
 * @param events bundles that were stopped, updated, unresolved or uninstalled
 */
record Probed(Noticed noticed, Map<String, String> answers, List<Event> events) {
    private static final Pattern COUNTS = Pattern.compile("calls=(\\d+) failed=(\\d+) longest_us=(\\d+)");

    Probed {
        answers = Map.copyOf(answers);
        events = List.copyOf(events);
    }

    record Event(String what, long id, String name, String version) {
        @Override
        public String toString() {
            return what + " " + name + " " + version + " (bundle " + id + ")";
        }
    }

    static Probed parse(String text) {
        Noticed noticed = new Noticed(0, 0, 0, List.of());
        List<String> failures = new ArrayList<>();
        Map<String, String> answers = new TreeMap<>();
        List<Event> events = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 5);
            Matcher counts = COUNTS.matcher(line);
            if (counts.matches()) {
                noticed = new Noticed(
                        Long.parseLong(counts.group(1)),
                        Long.parseLong(counts.group(2)),
                        Long.parseLong(counts.group(3)),
                        List.of());
            } else if (words[0].equals("failure")) {
                failures.add(line.substring(words[0].length() + 1));
            } else if (words[0].equals("answer")) {
                answers.put(words[1], line.split(" ", 3)[2]);
            } else if (words[0].equals("event")) {
                events.add(new Event(words[1], Long.parseLong(words[2]), words[3], words[4]));
            }
        }
        return new Probed(
                new Noticed(noticed.calls(), noticed.failed(), noticed.longestMicros(), failures), answers, events);
    }
}
