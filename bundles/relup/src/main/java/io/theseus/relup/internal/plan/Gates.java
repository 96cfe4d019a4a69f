// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.relup.CallGraph;
import io.theseus.relup.Effects;
import io.theseus.relup.HighLevel;
import io.theseus.relup.Instruction.Suspend.Suspended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which gates close: those of applications whose components are suspended or that are stopped, and those of everything that may call
 * them. An application that is only loaded side by side closes none.
 */
final class Gates {
    private final Picture picture;
    private final List<Choice> ordered;
    private final Order order;

    /** @param ordered dependencies first */
    Gates(Picture picture, List<Choice> ordered, Order order) {
        this.picture = picture;
        this.ordered = ordered;
        this.order = order;
    }

    /** The choices that close gates, dependents first. */
    List<Choice> closing() {
        List<Choice> closing = new ArrayList<>();
        for (Choice choice : ordered) {
            if (choice.stopped()
                    || !choice.updates().isEmpty()
                    || choice.todo().gates().stream()
                            .anyMatch(g -> g.application().equals(choice.name()))) {
                closing.add(0, choice);
            }
        }
        return closing;
    }

    /** The choices because of which gates close. */
    List<Choice> origins() {
        List<Choice> origins = new ArrayList<>(closing());
        ordered.stream()
                .filter(c -> !c.todo().gates().isEmpty() && !origins.contains(c))
                .forEach(origins::add);
        return origins;
    }

    /** Applications that wait with them: they may call them. */
    Set<String> waiting() {
        Set<String> names = closing().stream().map(Choice::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> closed = new TreeSet<>(names);
        closed.addAll(more().keySet());
        Set<String> waiting = new TreeSet<>(CallGraph.callers(picture.planning().snapshot(), closed));
        waiting.removeAll(names);
        return waiting;
    }

    /** Gates that an appup closes beside those that must be. */
    private Map<String, Suspended> more() {
        Map<String, Suspended> more = new TreeMap<>();
        ordered.forEach(c -> c.todo().gates().forEach(g -> more.putIfAbsent(g.application(), g)));
        return more;
    }

    /** What to suspend: callers first, then dependents before dependencies. */
    List<Suspended> targets() {
        List<Suspended> targets = new ArrayList<>();
        Map<String, Suspended> more = more();
        waiting().forEach(name -> targets.add(more.getOrDefault(name, gate(name, Optional.empty()))));
        closing().forEach(choice -> targets.addAll(targets(choice)));
        return targets;
    }

    private List<Suspended> targets(Choice choice) {
        List<Suspended> components = new ArrayList<>();
        Optional<Duration> longest = Optional.empty();
        if (!choice.stopped()) {
            List<Unit> units = choice.updates().stream()
                    .map(u -> new Unit(choice.name(), u.component()))
                    .toList();
            for (Unit unit : order.dependentsFirst(units)) {
                choice.updates().stream()
                        .filter(u -> u.component().equals(unit.component()))
                        .filter(u -> holdsState(choice.difference(), u))
                        .forEach(u -> components.add(
                                new Suspended(choice.name(), Optional.of(u.component()), u.timeout(), u.onTimeout())));
            }
            for (HighLevel.Update update : choice.updates()) {
                longest = longer(longest, update.timeout());
            }
        }
        return components.isEmpty() ? List.of(gate(choice.name(), longest)) : components;
    }

    private static Optional<Duration> longer(Optional<Duration> a, Optional<Duration> b) {
        return a.isEmpty() || (b.isPresent() && b.get().compareTo(a.get()) > 0) ? b : a;
    }

    /** A soft update may be of a component without a state: then only the gate closes. */
    private boolean holdsState(Difference difference, HighLevel.Update update) {
        return update.advanced()
                || picture.facts(difference.from())
                        .map(f -> Effects.stateful(f).contains(update.component()))
                        .orElse(false);
    }

    private static Suspended gate(String application, Optional<Duration> timeout) {
        return new Suspended(application, Optional.empty(), timeout);
    }
}
