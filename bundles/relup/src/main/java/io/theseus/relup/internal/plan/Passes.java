// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.relup.Place;
import io.theseus.relup.Planned;
import io.theseus.relup.Planning;
import io.theseus.relup.Script;
import io.theseus.relup.ScriptPrinter;
import io.theseus.relup.internal.check.Consistency;
import io.theseus.relup.internal.check.Finding;
import io.theseus.relup.internal.check.Placed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the passes one after the other. */
public final class Passes {
    private Passes() {}

    public static Planned plan(Planning planning) {
        Planned generated = generated(planning);
        Planned planned = planning.relups().stream()
                .flatMap(relup -> Written.plan(relup, planning, generated).stream())
                .findFirst()
                .orElse(generated);
        return Brings.of(planning).with(planned);
    }

    private static Planned generated(Planning planning) {
        Picture picture = new Picture(planning);
        Differences plain = Differences.of(planning.from(), planning.to());
        Rewiring rewiring = new Rewiring(picture, plain);
        boolean nobodyMoves = rewiring.moves().isEmpty() || anew(picture, plain, rewiring);
        Differences differences = nobodyMoves ? plain : plain.with(rewiring.moves());
        Ways ways = new Ways(picture, differences);
        Libraries libraries = new Libraries(picture, differences, rewiring);
        Map<String, Choice> chosen = choices(picture, differences, rewiring, ways);
        Dependencies dependencies = new Dependencies(differences, chosen.values());
        Order order = order(planning, chosen, dependencies);
        List<Choice> choices =
                order.dependenciesFirst().stream().map(chosen::get).toList();
        Direction direction = direction(planning.from(), planning.to(), choices);
        Restart restart = Restart.of(choices, direction);

        List<Problem> problems = new ArrayList<>(differences.problems());
        problems.addAll(rewiring.problems());
        problems.addAll(libraries.problems());
        problems.addAll(new Sticky(picture, differences, rewiring).problems());
        if (restart.last()) {
            problems.addAll(rewiring.restarted());
        }
        if (restart.last() || restart.anew()) {
            problems.addAll(differences.rebuilt());
        }
        choices.forEach(c -> problems.addAll(c.problems()));
        choices.forEach(c -> problems.addAll(c.actsTooEarly()));
        problems.addAll(dependencies.problems());
        problems.removeIf(restart::solves);
        Optional<Script> script = problems.isEmpty()
                ? Optional.of(script(picture, differences, choices, order, direction, restart))
                : Optional.empty();
        Plan plan = new Plan(
                planning.from().id(),
                planning.to().id(),
                direction,
                Rows.of(libraries, choices, restart),
                script.map(Passes::lines).orElse(List.of()),
                problems.isEmpty()
                        ? new Notes(picture, differences, choices, order, ways, rewiring).all(restart)
                        : List.of(),
                problems);
        return new Planned(plan, script);
    }

    /** Whether the container starts anew: then everybody is wired anew. */
    private static boolean anew(Picture picture, Differences plain, Rewiring rewiring) {
        Map<String, Choice> chosen = choices(picture, plain, rewiring, new Ways(picture, plain));
        return Restart.of(chosen.values(), Direction.UP).anew();
    }

    private static Map<String, Choice> choices(Picture picture, Differences differences, Rewiring rewiring, Ways ways) {
        Choosing choosing = new Choosing(picture, ways, rewiring);
        Map<String, Difference> byName = new LinkedHashMap<>();
        differences.applications().forEach(d -> byName.putIfAbsent(d.name(), d));
        List<Choice> chosen = byName.values().stream().map(choosing::choose).toList();
        Map<String, Choice> crossed = new Cross(chosen, differences, picture).apply();
        return new Needs(picture, differences, rewiring, crossed).apply();
    }

    private static Order order(Planning planning, Map<String, Choice> choices, Dependencies dependencies) {
        List<Unit> updated = choices.values().stream()
                .flatMap(c -> c.updates().stream().map(u -> new Unit(c.name(), u.component())))
                .toList();
        return new Order(planning.snapshot(), choices.keySet(), updated, dependencies.edges());
    }

    private static Script script(
            Picture picture,
            Differences differences,
            List<Choice> choices,
            Order order,
            Direction direction,
            Restart restart) {
        Script script = new Assembly(picture, differences.libraries(), choices, order, direction, restart).script();
        List<Placed> placed = script.steps().stream()
                .map(s -> new Placed(s.instruction(), Place.GENERATED))
                .toList();
        List<Finding> findings = Consistency.findings(placed, Place.GENERATED);
        if (!findings.isEmpty()) {
            throw new AssertionError("a bug of the planner: " + findings);
        }
        return script;
    }

    static List<Plan.Step> lines(Script script) {
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
