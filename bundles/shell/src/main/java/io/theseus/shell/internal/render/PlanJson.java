// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.release.Plan;
import java.util.List;
import java.util.Map;

/** A plan as JSON. */
public final class PlanJson {
    private PlanJson() {}

    public static Map<String, Object> of(Plan plan) {
        return Json.object(
                "from", plan.from().toString(),
                "to", plan.to().toString(),
                "direction", Json.word(plan.direction()),
                "applications", plan.applications().stream().map(PlanJson::of).toList(),
                "script", steps(plan),
                "brings", plan.brings().stream().map(PlanJson::of).toList(),
                "notes", plan.notes(),
                "problems", ReportJson.problems(plan.problems()));
    }

    /** Only the script of it. */
    public static Map<String, Object> script(Plan plan) {
        return Json.object(
                "from", plan.from().toString(),
                "to", plan.to().toString(),
                "direction", Json.word(plan.direction()),
                "script", steps(plan));
    }

    private static List<Map<String, Object>> steps(Plan plan) {
        return plan.script().stream()
                .map(step -> Json.object("instruction", step.instruction(), "from", step.from()))
                .toList();
    }

    private static Map<String, Object> of(Plan.Brought brought) {
        return Json.object("kind", Json.word(brought.kind()), "name", brought.name(), "there", brought.there());
    }

    private static Map<String, Object> of(Plan.Row row) {
        return Json.object(
                "application", row.application(),
                "from", row.from(),
                "to", row.to(),
                "how", row.how(),
                "origin", row.origin(),
                "why", row.why());
    }
}
