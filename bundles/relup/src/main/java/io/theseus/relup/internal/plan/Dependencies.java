// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.release.Problem;
import io.theseus.relup.HighLevel;
import io.theseus.relup.Place;
import io.theseus.relup.internal.read.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pass 6 of OTP's translation, the part about names: {@code depends} over the whole release. Every bundle that comes, goes or changes and every
 * component that is updated is a vertex; two instructions for one are an error (OTP: muldef_module), and so is a name that is no
 * vertex (OTP: undef_module). A name means a component of the same application first, then one of any other, then a bundle.
 */
final class Dependencies {
    private final Set<String> bundles = new LinkedHashSet<>();
    private final Map<String, List<Unit>> components = new LinkedHashMap<>();
    private final Map<Unit, Set<Unit>> edges = new LinkedHashMap<>();
    private final Map<Unit, Place> defined = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Dependencies(Differences differences, Collection<Choice> choices) {
        differences.all().forEach(d -> bundles.add(d.name()));
        choices.forEach(c -> c.updates()
                .forEach(u -> components
                        .computeIfAbsent(u.component(), any -> new ArrayList<>())
                        .add(new Unit(c.name(), u.component()))));
        choices.forEach(this::once);
        choices.forEach(this::resolve);
    }

    Map<Unit, Set<Unit>> edges() {
        return edges;
    }

    List<Problem> problems() {
        return problems;
    }

    private void once(Choice choice) {
        choice.instructions().stream()
                .filter(i -> !elsewhere(choice, i))
                .forEach(i -> subject(choice, i).forEach(unit -> {
                    Place first = i.place().generated() ? null : defined.putIfAbsent(unit, i.place());
                    if (first != null) {
                        problems.add(new Problem(
                                "two-instructions",
                                i.place().toString(),
                                "a second instruction for '" + unit + "', after " + first,
                                "keep one"));
                    }
                }));
    }

    /** The load_bundle of another bundle has become one of that bundle, see {@link Cross}. */
    private static boolean elsewhere(Choice choice, HighLevel instruction) {
        return instruction instanceof HighLevel.LoadBundle load
                && !load.bundle().orElse(choice.name()).equals(choice.name());
    }

    private void resolve(Choice choice) {
        for (HighLevel instruction : choice.instructions()) {
            for (String name : depends(instruction)) {
                List<Unit> targets = targets(choice.name(), name);
                if (targets.isEmpty()) {
                    problems.add(undefined(instruction, name));
                }
                subject(choice, instruction)
                        .forEach(unit -> edges.computeIfAbsent(unit, u -> new LinkedHashSet<>())
                                .addAll(targets));
            }
        }
    }

    private List<Unit> targets(String application, String name) {
        List<Unit> named = components.getOrDefault(name, List.of());
        Unit own = new Unit(application, name);
        if (named.contains(own)) {
            return List.of(own);
        }
        if (!named.isEmpty()) {
            return named;
        }
        return bundles.contains(name) ? List.of(new Unit(name, "")) : List.of();
    }

    private Problem undefined(HighLevel instruction, String name) {
        Set<String> all = new TreeSet<>(bundles);
        all.addAll(components.keySet());
        return new Problem(
                "undefined-dependency",
                instruction.place().toString(),
                "it depends on '" + name + "', for which this release has no instruction",
                Spelling.hint(name, all));
    }

    /** What an instruction is about; nothing for those that have no place in the graph. */
    private static List<Unit> subject(Choice choice, HighLevel instruction) {
        if (instruction instanceof HighLevel.Update update) {
            return List.of(new Unit(choice.name(), update.component()));
        }
        if (instruction instanceof HighLevel.LoadBundle load) {
            return List.of(new Unit(load.bundle().orElse(choice.name()), ""));
        }
        if (instruction instanceof HighLevel.AddBundle add) {
            return List.of(new Unit(add.bundle(), ""));
        }
        return instruction instanceof HighLevel.DeleteBundle delete
                ? List.of(new Unit(delete.bundle(), ""))
                : List.of();
    }

    private static List<String> depends(HighLevel instruction) {
        if (instruction instanceof HighLevel.Update update) {
            return update.depends();
        }
        if (instruction instanceof HighLevel.LoadBundle load) {
            return load.depends();
        }
        if (instruction instanceof HighLevel.AddBundle add) {
            return add.depends();
        }
        return instruction instanceof HighLevel.DeleteBundle delete ? delete.depends() : List.of();
    }
}
