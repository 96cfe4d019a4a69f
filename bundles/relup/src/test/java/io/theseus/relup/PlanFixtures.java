// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.release.Plan;
import io.theseus.release.Problem;
import java.util.List;
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
            }
        });
        return world;
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
