// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.release.Problem;
import io.theseus.relup.Appup;
import io.theseus.relup.HighLevel;
import io.theseus.relup.HighLevel.Change;
import io.theseus.relup.Place;
import io.theseus.relup.PurgeMethod;
import io.theseus.relup.StartType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pass 3: the instructions for one application, by itself: those of its appup, or generated ones. */
final class Choosing {
    private final Picture picture;
    private final States states;

    Choosing(Picture picture) {
        this.picture = picture;
        this.states = new States(picture);
    }

    Choice choose(Difference difference) {
        if (difference.comes()) {
            return comes(difference);
        }
        if (difference.goes()) {
            return goes(difference);
        }
        Optional<Appup> appup = picture.appup(difference.carrier());
        Optional<Appup.Entry> entry = appup.flatMap(a -> Entries.matching(a, difference));
        Choice choice = entry.isPresent()
                ? written(difference, appup.orElseThrow(), entry.get())
                : generated(difference, appup);
        return checked(choice, appup);
    }

    private Choice comes(Difference difference) {
        String why = picture.activation(difference)
                .map(e -> "new; started before the switch, although " + e)
                .orElse(picture.fragment(difference) ? "new; a fragment, not started" : "new");
        return new Choice(
                difference,
                Choice.Way.SIDE_BY_SIDE,
                picture.fragment(difference) ? StartType.NONE : StartType.REQUIRED,
                List.of(new HighLevel.AddApplication(difference.name(), StartType.REQUIRED, Place.GENERATED)),
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
                List.of(new HighLevel.RemoveApplication(difference.name(), Place.GENERATED)),
                "",
                effects.map(e -> "not in the release; stopped, because " + e)
                        .orElse("not in the release; kept warm until that is permanent"),
                states.dropped(difference),
                List.of());
    }

    private Choice written(Difference difference, Appup appup, Appup.Entry entry) {
        Optional<HighLevel.RestartApplication> restart = entry.instructions().stream()
                .filter(HighLevel.RestartApplication.class::isInstance)
                .map(HighLevel.RestartApplication.class::cast)
                .filter(r -> own(r, difference))
                .findFirst();
        String key = difference.direction() == Direction.UP ? "from " : "to ";
        Choice choice = new Choice(
                difference,
                restart.isPresent() ? Choice.Way.STOPPED : Choice.Way.SIDE_BY_SIDE,
                restart.map(HighLevel.RestartApplication::type).orElse(StartType.REQUIRED),
                entry.instructions(),
                appup.file(),
                "entry " + key + entry.versions() + " of its appup, line " + entry.line(),
                states.notHandedOver(difference, entry),
                states.problems(difference, entry));
        if (restart.isPresent() && !choice.updates().isEmpty()) {
            return choice.with(new Problem(
                    "contradicting-instructions",
                    restart.get().place().toString(),
                    "restart_application and update of one application contradict each other",
                    "a component that is restarted hands no state over: keep one of them"));
        }
        for (HighLevel instruction : entry.instructions()) {
            if (!translated(instruction)) {
                choice = choice.with(new Problem(
                        "not-supported", instruction.place().toString(), "is not translated yet", "leave it out"));
            }
        }
        return picture.onlyOnce(difference).map(choice::forced).orElse(choice);
    }

    private static boolean translated(HighLevel instruction) {
        return instruction instanceof HighLevel.Update
                || instruction instanceof HighLevel.LoadBundle
                || instruction instanceof HighLevel.Apply
                || instruction instanceof HighLevel.AddApplication
                || instruction instanceof HighLevel.RemoveApplication
                || instruction instanceof HighLevel.RestartApplication;
    }

    private static boolean own(HighLevel.RestartApplication restart, Difference difference) {
        return restart.application().map(difference.name()::equals).orElse(true);
    }

    private Choice generated(Difference difference, Optional<Appup> appup) {
        Optional<String> effects = picture.effects(difference);
        List<String> stateful = states.inBoth(difference);
        if (effects.isPresent()) {
            return new Choice(
                    difference,
                    Choice.Way.STOPPED,
                    StartType.REQUIRED,
                    List.of(new HighLevel.RestartApplication(Optional.empty(), StartType.REQUIRED, Place.GENERATED)),
                    "",
                    effects.get(),
                    states.lostByRestart(difference),
                    List.of());
        }
        boolean advanced = Entries.generatedHandsOver(difference, appup);
        List<HighLevel> instructions = new ArrayList<>();
        for (String component : stateful) {
            instructions.add(HighLevel.Update.generated(component, advanced ? Change.ADVANCED : Change.SOFT));
        }
        instructions.add(new HighLevel.LoadBundle(
                Optional.empty(), PurgeMethod.BRUTAL, PurgeMethod.BRUTAL, List.of(), Place.GENERATED));
        String noEntry = appup.isPresent() ? "its appup has no entry for " + difference.base() : "it has no appup";
        String why = stateful.isEmpty()
                ? noEntry + ", and nothing happens on its activation"
                : noEntry + ", and " + String.join(", ", stateful) + " is in both versions";
        return new Choice(
                difference,
                Choice.Way.SIDE_BY_SIDE,
                StartType.REQUIRED,
                instructions,
                "",
                why,
                advanced ? states.dropped(difference) : states.notHandedBack(difference),
                List.of());
    }

    private Choice checked(Choice choice, Optional<Appup> appup) {
        Difference difference = choice.difference();
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
