// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.port.Snapshot.Installed;
import io.theseus.relup.HighLevel;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Pass 8: what the operator must know before saying yes. */
final class Notes {
    private final Picture picture;
    private final Differences differences;
    private final List<Choice> choices;
    private final Order order;
    private final Ways ways;
    private final Rewiring rewiring;

    Notes(
            Picture picture,
            Differences differences,
            Collection<Choice> choices,
            Order order,
            Ways ways,
            Rewiring rewiring) {
        this.picture = picture;
        this.differences = differences;
        this.choices = List.copyOf(choices);
        this.order = order;
        this.ways = ways;
        this.rewiring = rewiring;
    }

    List<String> all(Restart restart) {
        Set<String> notes = new LinkedHashSet<>();
        if (restart.anew()) {
            notes.add(
                    "the container starts anew in the target release: calls fail while it does, and what applications hold in"
                            + " memory is lost");
            notes.addAll(ending());
            notes.addAll(new Types(picture).notes(choices));
            return List.copyOf(notes);
        }
        if (restart.last()) {
            notes.add(
                    "the container starts anew when the release has changed: what applications hold in memory is lost then");
            notes.addAll(ending());
        }
        notes.addAll(hot());
        return List.copyOf(notes);
    }

    /** A restart ends the state of every application, whether it changes or not. */
    private List<String> ending() {
        States states = new States(picture);
        return picture.planning().from().applications().stream()
                .flatMap(bundle -> states.of(bundle).stream()
                        .map(component -> "the state of " + component + " of " + bundle.symbolicName()
                                + " ends with the restart"))
                .toList();
    }

    private List<String> hot() {
        Set<String> notes = new LinkedHashSet<>(pauses());
        List<String> twice = differences.all().stream()
                .filter(Difference::stays)
                .map(Difference::name)
                .toList();
        if (!twice.isEmpty()) {
            notes.add("until the release is permanent or taken back there are two of the same version of "
                    + String.join(", ", twice));
        }
        notes.addAll(rewiring.notes());
        choices.forEach(c -> notes.addAll(c.notes()));
        States states = new States(picture);
        choices.forEach(c -> states.lostByRollback(c, ways).ifPresent(notes::add));
        choices.forEach(c -> notes.addAll(strangers(c)));
        notes.addAll(new Types(picture).notes(choices));
        return List.copyOf(notes);
    }

    private List<String> pauses() {
        Gates gates = new Gates(picture, choices, order);
        List<Choice> closing = gates.closing();
        Set<String> waiting = new TreeSet<>(gates.waiting());
        closing.forEach(c -> waiting.add(c.name()));
        if (waiting.isEmpty()) {
            return List.of();
        }
        String doing = closing.stream().map(Notes::doing).sorted().collect(Collectors.joining(", "));
        return List.of("a pause: new calls to " + String.join(", ", waiting) + " wait"
                + (doing.isEmpty() ? "" : " while " + doing));
    }

    private static String doing(Choice choice) {
        if (choice.updates().isEmpty() && !choice.stopped()) {
            return choice.name() + " changes";
        }
        if (choice.stopped()) {
            return choice.name() + (choice.difference().goes() ? " stops" : " restarts");
        }
        String components =
                choice.updates().stream().map(HighLevel.Update::component).collect(Collectors.joining(" and "));
        return choice.name() + (choice.handovers().isEmpty() ? " suspends " : " hands over ") + components;
    }

    /** Other versions that run outside of both releases: nobody upgrades them. */
    private List<String> strangers(Choice choice) {
        return choice.difference().comes()
                ? picture.planning().snapshot().named(choice.name()).stream()
                        .filter(Installed::active)
                        .filter(i -> !i.version()
                                .equals(Difference.version(choice.difference().to())))
                        .map(i -> i + " runs already (bundle " + i.id()
                                + ") and belongs to no release; it stays, beside " + choice.difference())
                        .toList()
                : List.of();
    }
}
