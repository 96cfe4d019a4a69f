// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import io.theseus.release.Problem;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the history out of the journal. Pure. */
public final class History {
    private History() {}

    /**
     * Every request, oldest first. One that began and did not end was interrupted; it names the step it was in. Lines that could
     * not be read are problems of the request they stand in, or of an entry of their own.
     *
     * @param running the number of the request under way, which is not interrupted; 0 when there is none
     */
    public static List<Report> of(Journal.Contents contents, ReleaseId permanent, long running) {
        Map<Long, Report> reports = new LinkedHashMap<>();
        Map<Long, Open> open = new LinkedHashMap<>();
        List<Problem> unreadable = new ArrayList<>(contents.problems());
        for (JournalEntry entry : contents.entries()) {
            try {
                take(entry, reports, open);
            } catch (IllegalArgumentException | DateTimeException e) {
                unreadable.add(Problem.of(
                        "journal-corrupt", "entry " + entry.seq(), "the entry was skipped: " + e.getMessage()));
            }
        }
        open.values().stream()
                .filter(o -> o.number() != running)
                .forEach(o -> reports.put(o.number(), o.interrupted(unreadable)));
        reports.keySet().remove(running);
        List<Report> result = new ArrayList<>(reports.values());
        boolean named = result.stream().anyMatch(r -> r.problems().containsAll(unreadable));
        if (!unreadable.isEmpty() && !named) {
            result.add(journal(contents, permanent, unreadable));
        }
        return List.copyOf(result);
    }

    /** The highest number a request has. */
    public static long last(Journal.Contents contents) {
        return contents.entries().stream()
                .map(e -> e.data().get("number"))
                .filter(Number.class::isInstance)
                .mapToLong(n -> ((Number) n).longValue())
                .max()
                .orElse(0);
    }

    private static void take(JournalEntry entry, Map<Long, Report> reports, Map<Long, Open> open) {
        Fields fields = new Fields(entry.data());
        long number = fields.number("number");
        switch (entry.kind()) {
            case BEGIN -> {
                Open request = new Open(entry, fields, new ArrayList<>());
                // First: an entry that tells nothing opens nothing.
                reports.put(number, request.interrupted(List.of()));
                open.put(number, request);
            }
            case END -> {
                open.remove(number);
                reports.put(number, ReportText.read(entry.data()));
            }
            default -> {
                Open request = open.get(number);
                if (request != null) {
                    request.steps().add(entry);
                }
            }
        }
    }

    private static Report journal(Journal.Contents contents, ReleaseId permanent, List<Problem> problems) {
        return new Report(
                0,
                "journal",
                permanent,
                permanent,
                Report.Outcome.INTERRUPTED,
                contents.entries().isEmpty()
                        ? java.time.Instant.EPOCH
                        : contents.entries().get(contents.entries().size() - 1).time(),
                Duration.ZERO,
                "-",
                "",
                Map.of(),
                List.of(),
                problems);
    }

    /** A request that has not ended. */
    private record Open(JournalEntry begin, Fields fields, List<JournalEntry> steps) {
        long number() {
            return fields.number("number");
        }

        Report interrupted(List<Problem> unreadable) {
            List<Problem> problems = new ArrayList<>();
            problems.add(Problem.of("interrupted", "", "the container ended " + where()));
            problems.addAll(unreadable);
            JournalEntry last = steps.isEmpty() ? begin : steps.get(steps.size() - 1);
            return new Report(
                    number(),
                    fields.text("operation"),
                    ReleaseId.parse(fields.text("from")),
                    ReleaseId.parse(fields.text("to")),
                    Report.Outcome.INTERRUPTED,
                    begin.time(),
                    Duration.between(begin.time(), last.time()),
                    fields.text("who"),
                    fields.text("reason", ""),
                    Map.of(),
                    ReportText.steps(steps.stream()
                            .filter(e -> e.kind() == JournalEntry.Kind.INTENT || e.kind() == JournalEntry.Kind.UNDO)
                            .map(History::text)
                            .toList()),
                    problems);
        }

        private String where() {
            if (steps.isEmpty()) {
                return "before the first step";
            }
            JournalEntry last = steps.get(steps.size() - 1);
            return switch (last.kind()) {
                case INTENT -> "during: " + text(last);
                case UNDO -> "during the undo of: " + text(last);
                default -> "after step " + last.data().get("step");
            };
        }
    }

    private static String text(JournalEntry entry) {
        return String.valueOf(entry.data().get("text"));
    }
}
