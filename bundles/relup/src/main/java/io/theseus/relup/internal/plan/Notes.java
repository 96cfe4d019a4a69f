// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.port.Snapshot.Installed;
import io.theseus.relup.HighLevel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Pass 8: what the operator must know before saying yes. */
final class Notes {
    private final Picture picture;
    private final List<Choice> choices;

    Notes(Picture picture, Collection<Choice> choices) {
        this.picture = picture;
        this.choices = List.copyOf(choices);
    }

    List<String> all() {
        Set<String> notes = new LinkedHashSet<>(pauses());
        choices.forEach(c -> notes.addAll(c.notes()));
        States states = new States(picture);
        choices.forEach(c -> states.lostByRollback(c).ifPresent(notes::add));
        choices.forEach(c -> notes.addAll(strangers(c)));
        return List.copyOf(notes);
    }

    private List<String> pauses() {
        Gates gates = new Gates(picture, choices);
        List<Choice> closing = gates.closing();
        if (closing.isEmpty()) {
            return List.of();
        }
        List<String> notes = new ArrayList<>();
        Set<String> waiting = new TreeSet<>(gates.waiting());
        closing.forEach(c -> waiting.add(c.name()));
        notes.add("a pause: new calls to " + String.join(", ", waiting) + " wait while "
                + closing.stream().map(Notes::doing).sorted().collect(Collectors.joining(", ")));
        return notes;
    }

    private static String doing(Choice choice) {
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
