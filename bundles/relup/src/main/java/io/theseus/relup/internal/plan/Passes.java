// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.release.BundleSpec;
import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.relup.Planned;
import io.theseus.relup.Planning;
import io.theseus.relup.Script;
import io.theseus.relup.ScriptPrinter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the passes one after the other. */
public final class Passes {
    private Passes() {}

    public static Planned plan(Planning planning) {
        Picture picture = new Picture(planning);
        Differences differences = Differences.of(planning.from(), planning.to());
        List<String> names =
                differences.applications().stream().map(Difference::name).toList();
        Order order = new Order(planning.snapshot(), names);
        Libraries libraries = new Libraries(picture, differences);

        Map<String, Choice> choices = choices(picture, differences, libraries, order.dependenciesFirst(names));
        List<Problem> problems = new ArrayList<>(differences.problems());
        problems.addAll(libraries.problems());
        choices.values().forEach(c -> problems.addAll(c.problems()));
        Optional<Script> script =
                problems.isEmpty() ? Optional.of(script(picture, differences, choices, order)) : Optional.empty();
        Plan plan = new Plan(
                planning.from().id(),
                planning.to().id(),
                direction(planning.from(), planning.to(), choices.values()),
                Rows.of(libraries, choices.values()),
                script.map(Passes::lines).orElse(List.of()),
                problems.isEmpty() ? new Notes(picture, choices.values()).all() : List.of(),
                problems);
        return new Planned(plan, script);
    }

    private static Map<String, Choice> choices(
            Picture picture, Differences differences, Libraries libraries, List<String> order) {
        Choosing choosing = new Choosing(picture);
        Map<String, Difference> byName = new LinkedHashMap<>();
        differences.applications().forEach(d -> byName.putIfAbsent(d.name(), d));
        List<Choice> chosen =
                order.stream().map(byName::get).map(choosing::choose).toList();
        return new Cross(chosen, libraries, names(picture.planning())).apply();
    }

    private static Set<String> names(Planning planning) {
        return Stream.concat(planning.from().bundles().stream(), planning.to().bundles().stream())
                .map(BundleSpec::symbolicName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Script script(Picture picture, Differences differences, Map<String, Choice> choices, Order order) {
        Script script = new Assembly(picture, differences.libraries(), choices, order).script();
        Set<String> going = choices.values().stream()
                .filter(c -> c.difference().goes())
                .map(Choice::name)
                .collect(Collectors.toSet());
        return Consistency.check(script, going);
    }

    private static List<Plan.Step> lines(Script script) {
        return script.steps().stream()
                .map(s -> new Plan.Step(ScriptPrinter.print(s.instruction()), s.origin()))
                .toList();
    }

    /** Releases of one name are compared; between others it is a way down if every application goes down. */
    private static Direction direction(Release from, Release to, Collection<Choice> choices) {
        if (from.id().name().equals(to.id().name())) {
            return to.id().version().compareTo(from.id().version()) < 0 ? Direction.DOWN : Direction.UP;
        }
        List<Difference> changed = choices.stream()
                .map(Choice::difference)
                .filter(Difference::changes)
                .toList();
        boolean down = !changed.isEmpty() && changed.stream().allMatch(d -> d.direction() == Direction.DOWN);
        return down ? Direction.DOWN : Direction.UP;
    }
}
