// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.release.Problem;
import io.theseus.release.Report;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reports and refusals as JSON; both have {@code outcome} and {@code problems}. */
public final class ReportJson {
    private ReportJson() {}

    public static Map<String, Object> of(Report report) {
        return Json.object(
                "number", report.number(),
                "operation", report.operation(),
                "from", report.from().toString(),
                "to", report.to().toString(),
                "outcome", Json.word(report.outcome()),
                "at", report.at().toString(),
                "took_us", Json.micros(report.took()),
                "who", report.who(),
                "reason", report.reason(),
                "figures", new TreeMap<>(report.figures()),
                "steps",
                        report.steps().stream()
                                .map(step -> Json.object("text", step.text(), "took_us", Json.micros(step.took())))
                                .toList(),
                "problems", problems(report.problems()));
    }

    public static Map<String, Object> refusal(List<Problem> problems) {
        return Json.object("outcome", "refused", "problems", problems(problems));
    }

    static List<Map<String, Object>> problems(List<Problem> problems) {
        return problems.stream()
                .map(problem -> Json.object(
                        "code",
                        problem.code(),
                        "where",
                        problem.where(),
                        "text",
                        problem.text(),
                        "hint",
                        problem.hint()))
                .toList();
    }
}
