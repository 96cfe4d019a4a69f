// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.release.BundleSpec;
import io.theseus.release.Plan;
import io.theseus.relup.HighLevel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pass 9: the table of a plan. */
final class Rows {
    private Rows() {}

    static List<Plan.Row> of(Libraries libraries, Collection<Choice> choices) {
        List<Plan.Row> rows = new ArrayList<>();
        for (Difference library : libraries.all()) {
            String how = library.comes() ? "add_library" : library.goes() ? "remove_library" : "change_library";
            rows.add(row(library, how, "generated", libraries.why(library)));
        }
        for (Choice choice : choices) {
            rows.add(row(choice.difference(), how(choice), choice.generated() ? "generated" : "appup", choice.why()));
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
    private static String how(Choice choice) {
        Set<String> words = new LinkedHashSet<>();
        if (choice.difference().comes()) {
            words.add("add_application");
        } else if (choice.difference().goes()) {
            words.add("remove_application");
        } else if (choice.stopped()) {
            words.add("restart_application");
        } else {
            choice.updates().forEach(u -> words.add("update " + u.component() + (u.advanced() ? "" : " (soft)")));
            words.add("load_bundle");
        }
        choice.instructions(HighLevel.Apply.class).forEach(a -> words.add("apply " + a.action()));
        return String.join(", ", words);
    }
}
