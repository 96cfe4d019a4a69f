// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Plans as text, and worlds made of the sections of a fixture. */
final class PlanFixtures {
    private PlanFixtures() {}

    static World world(Fixture fixture) {
        World world = new World();
        fixture.sections().forEach((name, body) -> {
            List<String> lines = body.lines().filter(l -> !l.isBlank()).toList();
            if (name.startsWith("from ")) {
                world.fromId = name.substring(5);
                world.from.addAll(lines);
            } else if (name.startsWith("to ")) {
                world.toId = name.substring(3);
                world.to.addAll(lines);
            } else if (name.equals("outside")) {
                world.outside.addAll(lines);
            } else if (name.equals("calls")) {
                world.arrows.addAll(lines);
            } else if (name.startsWith("appup ")) {
                String bundle = name.substring(6);
                world.appups.put(bundle, AppupReader.read(bundle.split(" ")[0] + ".yaml", body));
            } else if (name.startsWith("other ")) {
                String[] words = name.substring(6).split(" ");
                world.others
                        .computeIfAbsent(words[0], any -> new ArrayList<>())
                        .add(AppupReader.read(words[0] + "-" + words[1] + ".yaml", body));
            }
        });
        return world;
    }

    /** What a plan comes to: the sections of a fixture that are not empty. */
    static Map<String, String> outcome(Fixture fixture) {
        Map<String, String> outcome = new LinkedHashMap<>();
        try {
            Planned planned = Planner.plan(world(fixture).planning());
            outcome.put("script", script(planned));
            outcome.put("rows", rows(planned.plan()));
            outcome.put("notes", notes(planned.plan()));
            outcome.put("problems", problems(planned.plan().problems()));
        } catch (RefusedException e) {
            outcome.put("problems", problems(e.problems()));
        }
        outcome.values().removeIf(String::isEmpty);
        return outcome;
    }

    /** Those sections as the fixture has them. */
    static Map<String, String> expected(Fixture fixture) {
        Map<String, String> expected = new LinkedHashMap<>(fixture.sections());
        expected.keySet().retainAll(List.of("script", "rows", "notes", "problems"));
        return expected;
    }

    static String script(Planned planned) {
        return planned.script().map(ScriptPrinter::print).orElse("").stripTrailing();
    }

    static String rows(Plan plan) {
        return plan.applications().stream()
                .map(r -> String.join(" | ", r.application(), r.from() + ".." + r.to(), r.how(), r.origin(), r.why()))
                .collect(Collectors.joining("\n"));
    }

    static String notes(Plan plan) {
        return String.join("\n", plan.notes());
    }

    static String problems(List<Problem> problems) {
        return problems.stream().map(p -> "[" + p.code() + "] " + p).collect(Collectors.joining("\n"));
    }
}
