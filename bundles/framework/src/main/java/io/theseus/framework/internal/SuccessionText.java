// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.framework.internal.Succession.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A succession as text, one {@code key: value} a line, for people and for the next start. */
final class SuccessionText {
    private static final String FORMAT = "1";
    private static final String END = "end";

    private SuccessionText() {}

    static String write(Succession succession) {
        List<String> lines = new ArrayList<>();
        lines.add("# What one bundle shares with its successor. Written by Theseus, removed when it is settled.");
        lines.add("format: " + FORMAT);
        party(lines, "from", succession.from());
        party(lines, "to", succession.to());
        succession.bound().forEach(pid -> lines.add("bound: " + pid));
        succession.dynamic().forEach(pid -> lines.add("dynamic: " + pid));
        lines.add(END);
        return String.join("\n", lines) + "\n";
    }

    private static void party(List<String> lines, String role, Party party) {
        lines.add(role + ".id: " + party.id());
        lines.add(role + ".bundle: " + party.name());
        lines.add(role + ".location: " + party.location());
    }

    /**
     * @return empty when the text is not complete or not of this format
     */
    static Optional<Succession> read(String text) {
        List<String> lines = text.lines().toList();
        if (!lines.contains(END) || !values(lines, "format").equals(List.of(FORMAT))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Succession(
                    party(lines, "from"), party(lines, "to"), values(lines, "bound"), values(lines, "dynamic")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Party party(List<String> lines, String role) {
        return new Party(
                Long.parseLong(value(lines, role + ".id")),
                value(lines, role + ".bundle"),
                value(lines, role + ".location"));
    }

    private static String value(List<String> lines, String key) {
        return values(lines, key).stream().findFirst().orElseThrow(() -> new IllegalArgumentException("no " + key));
    }

    private static List<String> values(List<String> lines, String key) {
        String start = key + ": ";
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }
}
