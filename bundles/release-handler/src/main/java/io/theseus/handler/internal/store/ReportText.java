// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import io.theseus.release.Problem;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as the data of a journal entry, and back. */
public final class ReportText {
    private ReportText() {}

    /** The data of the entry that begins a request. */
    public static Map<String, Object> begin(
            long number, String operation, ReleaseId from, ReleaseId to, String who, String reason) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("number", number);
        data.put("operation", operation);
        data.put("from", from.toString());
        data.put("to", to.toString());
        data.put("who", who);
        data.put("reason", reason);
        return data;
    }

    /** The data of the entry that ends one. */
    public static Map<String, Object> print(Report report) {
        Map<String, Object> data =
                begin(report.number(), report.operation(), report.from(), report.to(), report.who(), report.reason());
        data.put("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
        data.put("at", report.at().toString());
        data.put("took_us", micros(report.took()));
        data.put("figures", report.figures());
        data.put("steps", report.steps().stream().map(ReportText::print).toList());
        data.put("problems", report.problems().stream().map(ReportText::print).toList());
        return data;
    }

    /** @throws IllegalArgumentException if it is not what {@link #print} made */
    static Report read(Map<String, Object> data) {
        Fields fields = new Fields(data);
        return new Report(
                fields.number("number"),
                fields.text("operation"),
                ReleaseId.parse(fields.text("from")),
                ReleaseId.parse(fields.text("to")),
                Report.Outcome.valueOf(fields.text("outcome").toUpperCase(Locale.ROOT)),
                Instant.parse(fields.text("at")),
                Duration.ofNanos(fields.number("took_us") * 1000),
                fields.text("who"),
                fields.text("reason", ""),
                fields.numbers("figures"),
                fields.objects("steps").stream()
                        .map(f -> new Report.Line(f.text("text"), Duration.ofNanos(f.number("took_us") * 1000)))
                        .toList(),
                fields.objects("problems").stream().map(ReportText::problem).toList());
    }

    private static Map<String, Object> print(Report.Line line) {
        return Map.of("text", line.text(), "took_us", micros(line.took()));
    }

    private static Map<String, Object> print(Problem problem) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("code", problem.code());
        data.put("where", problem.where());
        data.put("text", problem.text());
        data.put("hint", problem.hint());
        return data;
    }

    private static Problem problem(Fields fields) {
        return new Problem(fields.text("code"), fields.text("where"), fields.text("text"), fields.text("hint"));
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    static List<Report.Line> steps(List<String> texts) {
        return texts.stream().map(text -> new Report.Line(text, Duration.ZERO)).toList();
    }
}
