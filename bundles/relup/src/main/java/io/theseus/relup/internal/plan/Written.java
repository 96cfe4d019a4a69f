// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.relup.Planned;
import io.theseus.relup.Planning;
import io.theseus.relup.Relup;
import io.theseus.relup.Script;
import io.theseus.relup.internal.check.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan whose script stands in a relup. What changes is seen from the releases, how is the author's. */
final class Written {
    private Written() {}

    /** Empty if the relup has no script between the two releases. */
    static Optional<Planned> plan(Relup relup, Planning planning, Planned generated) {
        return relup.script(planning.from().id(), planning.to().id())
                .map(entry -> plan(relup.file(), entry, planning, generated.plan()));
    }

    private static Planned plan(String file, Relup.Entry entry, Planning planning, Plan generated) {
        Script script = entry.script();
        List<Problem> problems = new Fit(script, planning.from(), planning.to()).problems(generated);
        String why = entry.description().isEmpty() ? "the relup has a script" : entry.description();
        List<Plan.Row> rows = generated.applications().stream()
                .map(row -> new Plan.Row(row.application(), row.from(), row.to(), "as written", "relup", why))
                .toList();
        Plan plan = new Plan(
                generated.from(),
                generated.to(),
                generated.direction(),
                rows,
                problems.isEmpty() ? Passes.lines(script) : List.of(),
                notes(file, script, new Picture(planning)),
                problems);
        return new Planned(plan, problems.isEmpty() ? Optional.of(script) : Optional.empty());
    }

    private static List<String> notes(String file, Script script, Picture picture) {
        List<String> notes = new ArrayList<>();
        notes.add("the script is that of " + file + "; what it pauses and hands over is its author's");
        notes.addAll(new Types(picture).notes(script));
        return List.copyOf(notes);
    }
}
