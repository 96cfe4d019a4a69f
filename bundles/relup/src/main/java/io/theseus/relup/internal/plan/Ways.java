// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.release.Problem;
import io.theseus.relup.HighLevel;
import io.theseus.relup.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What appups say about a difference: the entry that matches, or a chain of them, lifted and reduced. */
final class Ways {
    private final Picture picture;
    private final Differences differences;

    Ways(Picture picture, Differences differences) {
        this.picture = picture;
        this.differences = differences;
    }

    /**
     * What is written about a difference.
     *
     * @param file of the last entry
     * @param why for the operator
     * @param broken components whose state one of several hops does not hand over
     */
    record Way(Todo todo, String file, String why, List<String> broken, List<Problem> problems) {}

    Optional<Way> of(Difference difference) {
        Route route = Route.find(difference, picture.appups(difference));
        if (difference.stays() || route.hops().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(route.direct() ? direct(difference, route.hops().get(0)) : chained(difference, route));
    }

    private Way direct(Difference difference, Route.Hop hop) {
        Lifting.Lifted lifted = Lifting.lift(
                difference, differences, picture.names(), hop.entry().instructions());
        String why = "entry " + preposition(difference) + hop.entry().versions() + " of its appup, line "
                + hop.entry().line();
        return new Way(lifted.todo(), hop.appup().file(), why, List.of(), lifted.problems());
    }

    private Way chained(Difference difference, Route route) {
        List<Todo> hops = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Route.Hop hop : route.hops()) {
            Lifting.Lifted lifted =
                    Lifting.lift(difference, differences, picture.names(), ofThisRelease(hop, difference));
            hops.add(existing(lifted.todo(), difference));
            problems.addAll(lifted.problems());
        }
        Todo todo = Chain.reduce(hops);
        String path = route.hops().stream()
                .map(h -> h.to() + " (" + h.origin() + ")")
                .collect(Collectors.joining(
                        " -> ", difference.from().orElseThrow().version() + " -> ", ""));
        boolean restarts = todo.instructions().stream()
                .anyMatch(i -> i instanceof HighLevel.RestartApplication r
                        && r.application().isEmpty());
        if (restarts) {
            // What one hop restarts has no state for the next one.
            todo = todo.without(HighLevel.Update.class::isInstance);
        }
        return new Way(
                todo,
                route.hops().get(route.hops().size() - 1).appup().file(),
                "no direct entry; by way of " + path,
                restarts ? List.of() : Chain.broken(hops),
                problems);
    }

    /** An entry on the way says what was true for the release it was written for: versions and neighbours may be others now. */
    private List<HighLevel> ofThisRelease(Route.Hop hop, Difference difference) {
        return hop.entry().instructions().stream()
                .filter(i -> !(i instanceof HighLevel.LowLevel low
                        && low.instruction() instanceof Instruction.LoadObjectCode load
                        && !Difference.version(difference.to()).equals(load.version())))
                .filter(i -> differences.fits(i))
                .toList();
    }

    /** Components that came or went on the way hand nothing over. */
    private Todo existing(Todo todo, Difference difference) {
        States states = new States(picture);
        return todo.without(i -> i instanceof HighLevel.Update u && states.absent(difference, u.component()));
    }

    private static String preposition(Difference difference) {
        return difference.direction() == Direction.UP ? "from " : "to ";
    }
}
