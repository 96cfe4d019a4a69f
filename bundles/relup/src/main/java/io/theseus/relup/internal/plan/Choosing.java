// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.release.Problem;
import io.theseus.release.StartType;
import io.theseus.relup.Appup;
import io.theseus.relup.HighLevel;
import io.theseus.relup.HighLevel.Change;
import io.theseus.relup.Place;
import io.theseus.relup.PurgeMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pass 3: the instructions for one application, by itself: those of its appup, or generated ones. */
final class Choosing {
    private final Picture picture;
    private final States states;
    private final Ways ways;
    private final Rewiring rewiring;

    Choosing(Picture picture, Ways ways, Rewiring rewiring) {
        this.picture = picture;
        this.states = new States(picture);
        this.ways = ways;
        this.rewiring = rewiring;
    }

    Choice choose(Difference difference) {
        if (difference.comes()) {
            return comes(difference);
        }
        if (difference.goes()) {
            return goes(difference);
        }
        if (difference.moves()) {
            return generated(difference);
        }
        Choice choice = ways.of(difference).map(w -> written(difference, w)).orElseGet(() -> generated(difference));
        return checked(choice);
    }

    private Choice comes(Difference difference) {
        StartType type = picture.type(difference.to().orElseThrow());
        String why = picture.fragment(difference)
                ? "new; a fragment, not started"
                : picture.activation(difference)
                        .filter(any -> type.starts())
                        .map(e -> "new; started before the switch, although " + e)
                        .orElse("new");
        return new Choice(
                difference,
                Choice.Way.SIDE_BY_SIDE,
                type,
                Todo.of(List.of(new HighLevel.AddApplication(difference.name(), Optional.of(type), Place.GENERATED))),
                "",
                why,
                List.of(),
                List.of());
    }

    private Choice goes(Difference difference) {
        Optional<String> effects = picture.effects(difference);
        return new Choice(
                difference,
                effects.isPresent() ? Choice.Way.STOPPED : Choice.Way.SIDE_BY_SIDE,
                StartType.REQUIRED,
                Todo.of(List.of(new HighLevel.RemoveApplication(difference.name(), Place.GENERATED))),
                "",
                effects.map(e -> "not in the release; stopped, because " + e)
                        .orElse("not in the release; kept warm until that is permanent"),
                states.dropped(difference),
                List.of());
    }

    private Choice written(Difference difference, Ways.Way way) {
        List<HighLevel> instructions = way.todo().instructions();
        Optional<HighLevel.RestartApplication> restart = instructions.stream()
                .filter(HighLevel.RestartApplication.class::isInstance)
                .map(HighLevel.RestartApplication.class::cast)
                .filter(r -> own(r, difference))
                .findFirst();
        Choice choice = new Choice(
                difference,
                restart.isPresent() ? Choice.Way.STOPPED : Choice.Way.SIDE_BY_SIDE,
                restart.flatMap(HighLevel.RestartApplication::type).orElse(type(difference)),
                way.todo(),
                way.file(),
                way.why(),
                List.of(),
                way.problems());
        choice = choice.noting(states.notHandedOver(difference, choice.updates(), way.broken()))
                .with(states.problems(difference, choice.updates()))
                .with(states.notRunning(difference, choice.updates()));
        if (restart.isPresent() && !choice.updates().isEmpty()) {
            return choice.with(new Problem(
                    "contradicting-instructions",
                    restart.get().place().toString(),
                    "restart_application and update of one application contradict each other",
                    "a component that is restarted hands no state over: keep one of them"));
        }
        Choice all = choice;
        return picture.onlyOnce(difference).map(all::forced).orElse(all);
    }

    private StartType type(Difference difference) {
        return picture.type(difference.to().orElseThrow());
    }

    private static boolean own(HighLevel.RestartApplication restart, Difference difference) {
        return restart.application().map(difference.name()::equals).orElse(true);
    }

    private Choice generated(Difference difference) {
        Optional<Appup> appup = picture.appup(difference.carrier());
        Optional<String> effects = picture.effects(difference);
        List<String> stateful = states.inBoth(difference);
        if (effects.isPresent()) {
            return new Choice(
                    difference,
                    Choice.Way.STOPPED,
                    type(difference),
                    Todo.of(List.of(
                            new HighLevel.RestartApplication(Optional.empty(), Optional.empty(), Place.GENERATED))),
                    "",
                    rewiring.why(difference).map(w -> w + "; " + effects.get()).orElse(effects.get()),
                    states.lostByRestart(difference),
                    List.of());
        }
        boolean advanced = states.generatedHandsOver(difference);
        List<HighLevel> instructions = new ArrayList<>();
        for (String component : stateful) {
            instructions.add(HighLevel.Update.generated(component, advanced ? Change.ADVANCED : Change.SOFT));
        }
        instructions.add(new HighLevel.LoadBundle(
                Optional.empty(), PurgeMethod.BRUTAL, PurgeMethod.BRUTAL, List.of(), Place.GENERATED));
        String noEntry = rewiring.why(difference)
                .or(() -> difference.rebuilt() ? Optional.of("it is another build of this version") : Optional.empty())
                .orElse(appup.isPresent() ? "its appup has no entry for " + difference.base() : "it has no appup");
        String why = stateful.isEmpty()
                ? noEntry + ", and nothing happens on its activation"
                : noEntry + ", and " + String.join(", ", stateful) + " is in both versions";
        return new Choice(
                difference,
                Choice.Way.SIDE_BY_SIDE,
                type(difference),
                Todo.of(instructions),
                "",
                why,
                advanced ? states.dropped(difference) : states.notHandedBack(difference),
                List.of());
    }

    private Choice checked(Choice choice) {
        Difference difference = choice.difference();
        Optional<Appup> appup = picture.appup(difference.carrier());
        Choice checked = choice;
        if (appup.isPresent()
                && !appup.get().version().equals(difference.carrier().version())) {
            checked = checked.with(new Problem(
                    "appup-version",
                    appup.get().file(),
                    "this is the appup of version " + appup.get().version() + ", but it belongs to "
                            + difference.carrier(),
                    "write version: " + difference.carrier().version()
                            + ", and check that its entries still are right"));
        }
        return picture.fragment(difference) ? checked.with(Libraries.fragment(difference)) : checked;
    }
}
