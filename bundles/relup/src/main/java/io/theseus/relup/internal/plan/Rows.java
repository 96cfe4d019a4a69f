// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.release.BundleSpec;
import io.theseus.release.Plan;
import io.theseus.relup.HighLevel;
import io.theseus.relup.Instruction;
import io.theseus.relup.internal.check.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pass 9: the table of a plan. */
final class Rows {
    private Rows() {}

    static List<Plan.Row> of(Libraries libraries, Collection<Choice> choices, Restart restart) {
        List<Plan.Row> rows = new ArrayList<>();
        for (Difference library : libraries.all()) {
            String how = library.comes()
                    ? "add_library"
                    : library.goes() ? "remove_library" : library.moves() ? "load_bundle" : "change_library";
            rows.add(row(library, how, "generated", libraries.why(library)));
        }
        for (Choice choice : choices) {
            rows.add(row(
                    choice.difference(),
                    how(choice, restart),
                    choice.generated() ? "generated" : "appup",
                    choice.why()));
        }
        return rows;
    }

    private static Plan.Row row(Difference difference, String how, String origin, String why) {
        return new Plan.Row(difference.name(), version(difference.from()), version(difference.to()), how, origin, why);
    }

    private static String version(Optional<BundleSpec> bundle) {
        return bundle.map(b -> b.version().toString()).orElse("");
    }

    /** What is done, which is not always what the appup says. */
    private static String how(Choice choice, Restart restart) {
        Set<String> words = new LinkedHashSet<>();
        if (restart.anew()) {
            words.add("restart_new_container");
        } else if (choice.difference().comes()) {
            words.add("add_application");
        } else if (choice.difference().goes()) {
            words.add("remove_application");
        } else if (choice.stopped()) {
            words.add("restart_application");
        } else {
            choice.updates().forEach(u -> words.add("update " + u.component() + (u.advanced() ? "" : " (soft)")));
            words.add("load_bundle");
        }
        choice.todo().early().forEach(a -> words.add("apply " + a.action() + " (early)"));
        choice.todo().opening().forEach(i -> words.addAll(step(i)));
        choice.instructions().forEach(i -> words.addAll(step(i)));
        return String.join(", ", words);
    }

    /** Steps beside the change of code. */
    private static List<String> step(HighLevel instruction) {
        if (instruction instanceof HighLevel.Apply apply) {
            return List.of("apply " + apply.action());
        }
        if (instruction instanceof HighLevel.LowLevel low) {
            return low.instruction() instanceof Instruction.SetConfig config
                    ? List.of("set_config " + config.pid())
                    : List.of(Words.name(instruction));
        }
        return instruction instanceof HighLevel.RestartNewContainer || instruction instanceof HighLevel.RestartContainer
                ? List.of(Words.name(instruction))
                : List.of();
    }
}
