// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.Effects;
import io.theseus.relup.HighLevel;
import io.theseus.relup.internal.read.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happens to the states of an application's components: whether an appup names components that exist, and what it leaves out. */
final class States {
    private final Picture picture;

    States(Picture picture) {
        this.picture = picture;
    }

    List<String> of(BundleSpec bundle) {
        return stateful(Optional.of(bundle));
    }

    private List<String> stateful(Optional<BundleSpec> bundle) {
        return picture.facts(bundle).map(Effects::stateful).orElse(List.of());
    }

    /** Stateful components of the version that is left, if it is started. */
    private List<String> held(Difference difference) {
        return stateful(difference.from().filter(b -> picture.type(b).starts()));
    }

    /** Stateful components of both versions. What is not started has none. */
    List<String> inBoth(Difference difference) {
        if (stopped(difference).isPresent()) {
            return List.of();
        }
        List<String> now = stateful(difference.to());
        return stateful(difference.from()).stream().filter(now::contains).toList();
    }

    /** Whether one of the versions is known not to have a component. */
    boolean absent(Difference difference, String component) {
        return Stream.of(difference.from(), difference.to())
                .flatMap(b -> picture.facts(b).filter(Effects::onlyComponents).stream())
                .anyMatch(f -> f.components().stream().noneMatch(c -> c.name().equals(component)));
    }

    /** Problems of an entry's updates with components that are not there. */
    List<Problem> problems(Difference difference, List<HighLevel.Update> updates) {
        List<Problem> problems = new ArrayList<>();
        updates.forEach(update -> {
            String where = update.place().toString();
            missing(difference.from(), update, where)
                    .or(() -> missing(difference.to(), update, where))
                    .ifPresent(problems::add);
        });
        return problems;
    }

    /** A bundle with an activator may register what its descriptions do not tell. */
    private Optional<Problem> missing(Optional<BundleSpec> bundle, HighLevel.Update update, String where) {
        Optional<BundleFacts> known = picture.facts(bundle).filter(Effects::onlyComponents);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String subject = bundle.orElseThrow().toString();
        Set<String> all = known.get().components().stream()
                .map(BundleFacts.Component::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!all.contains(update.component())) {
            String there = all.isEmpty() ? "it has none" : "it has: " + String.join(", ", all);
            String hint = Spelling.meant(update.component(), all)
                    .map(m -> "did you mean '" + m + "'? " + there)
                    .orElse(there);
            return Optional.of(new Problem(
                    "no-such-component", where, subject + " has no component '" + update.component() + "'", hint));
        }
        if (update.advanced() && !Effects.stateful(known.get()).contains(update.component())) {
            return Optional.of(new Problem(
                    "not-stateful",
                    where,
                    "component '" + update.component() + "' of " + subject + " hands no state over",
                    "register it under io.theseus.api.CodeChange too, or write 'change: soft'"));
        }
        return Optional.empty();
    }

    /**
     * Stateful components of both versions that an entry does not hand over.
     *
     * @param broken those of which some entries of a chain say so, and not all
     */
    List<String> notHandedOver(Difference difference, List<HighLevel.Update> updates, List<String> broken) {
        Set<String> advanced = updates.stream()
                .filter(HighLevel.Update::advanced)
                .map(HighLevel.Update::component)
                .collect(Collectors.toSet());
        List<String> notes = new ArrayList<>();
        for (String component : inBoth(difference)) {
            if (!advanced.contains(component)) {
                notes.add("the state of " + component + " is not handed over: "
                        + (broken.contains(component)
                                ? "not every entry on the way says so"
                                : "the appup of " + difference.carrier() + " does not say so"));
            }
        }
        notes.addAll(dropped(difference));
        return notes;
    }

    /** The release by which one of the two versions is not started. */
    private Optional<String> stopped(Difference difference) {
        return stopped(difference.to(), picture.planning().to())
                .or(() -> stopped(difference.from(), picture.planning().from()));
    }

    private Optional<String> stopped(Optional<BundleSpec> bundle, Release release) {
        return bundle.filter(b -> !picture.type(b).starts())
                .map(b -> release.id() + " has " + b + " " + Types.word(picture.type(b)) + ", not started");
    }

    /** Problems of updates that hand over a state between versions of which one does not run. */
    List<Problem> notRunning(Difference difference, List<HighLevel.Update> updates) {
        Optional<String> stopped = stopped(difference);
        return updates.stream()
                .filter(u -> u.advanced() && stopped.isPresent())
                .map(u -> new Problem(
                        "state-not-handed-over",
                        u.place().toString(),
                        "component " + u.component() + " can not hand its state over, because " + stopped.get(),
                        "let the release start it, or let the appup say load_bundle"))
                .toList();
    }

    /** Stateful components that the new version does not have, or has without a state. */
    List<String> dropped(Difference difference) {
        Optional<String> stopped = difference.changes() ? stopped(difference) : Optional.empty();
        if (stopped.isPresent()) {
            return held(difference).stream()
                    .map(c -> "the state of " + c + " ends: " + stopped.get())
                    .toList();
        }
        List<String> now = stateful(difference.to());
        return held(difference).stream()
                .filter(c -> !now.contains(c))
                .map(c -> "the state of " + c + " ends with "
                        + difference.from().orElseThrow()
                        + (difference.goes() ? "" : ": " + difference + " has no such stateful component"))
                .toList();
    }

    List<String> notHandedBack(Difference difference) {
        return inBoth(difference).stream()
                .map(c -> "the state of " + c + " is not handed back: the appup of " + difference.carrier()
                        + " has no down entry for " + difference.base())
                .toList();
    }

    List<String> lostByRestart(Difference difference) {
        return held(difference).stream()
                .map(c -> "the state of " + c + " is lost: " + difference.name() + " is restarted")
                .toList();
    }

    /** What going back would lose after this choice. */
    Optional<String> lostByRollback(Choice choice, Ways ways) {
        Difference difference = choice.difference();
        if (choice.handovers().isEmpty()) {
            return Optional.empty();
        }
        Difference back = new Difference(difference.name(), difference.to(), difference.from());
        Set<String> lost = new TreeSet<>();
        choice.handovers().forEach(u -> lost.add(u.component()));
        lost.removeAll(handedOver(back, ways));
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of("rolling back " + difference.name() + " would lose what happened since in "
                        + String.join(", ", lost) + ": the appup of " + back.carrier() + " does not hand it back to "
                        + difference.from().orElseThrow().version());
    }

    /** Components that would be handed a state, if the application can run side by side. */
    private List<String> handedOver(Difference difference, Ways ways) {
        Optional<Ways.Way> way = ways.of(difference);
        if (way.isPresent()) {
            return way.get().todo().instructions().stream()
                    .filter(HighLevel.Update.class::isInstance)
                    .map(HighLevel.Update.class::cast)
                    .filter(HighLevel.Update::advanced)
                    .map(HighLevel.Update::component)
                    .toList();
        }
        return generatedHandsOver(difference) ? inBoth(difference) : List.of();
    }

    /**
     * Whether a generated update hands the state over. Not on the way down from a version whose author wrote an appup and left
     * this way out: the old component goes on with what it had.
     */
    boolean generatedHandsOver(Difference difference) {
        return difference.direction() == Direction.UP
                || picture.appup(difference.carrier()).isEmpty();
    }
}
