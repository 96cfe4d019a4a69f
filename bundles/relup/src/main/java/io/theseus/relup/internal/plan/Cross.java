// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.release.Problem;
import io.theseus.release.StartType;
import io.theseus.relup.HighLevel;
import io.theseus.relup.internal.read.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Pass 4: what applications do to each other: instructions of one appup that name another application.
 */
final class Cross {
    private final Differences differences;
    private final Picture picture;
    private final Set<String> known;
    private final Map<String, Choice> choices = new LinkedHashMap<>();

    Cross(List<Choice> choices, Differences differences, Picture picture) {
        this.differences = differences;
        this.picture = picture;
        this.known = picture.names();
        choices.forEach(c -> this.choices.put(c.name(), c));
    }

    Map<String, Choice> apply() {
        List.copyOf(choices.values()).forEach(this::bundles);
        List.copyOf(choices.values()).forEach(this::instructions);
        return choices;
    }

    private void instructions(Choice choice) {
        choice.instructions(HighLevel.AddApplication.class)
                .filter(i -> !i.place().generated())
                .forEach(i -> {
                    if (expect(choice, i, i.application(), "comes with", named(i.application(), Kind.COMES))) {
                        replace(i.application(), c -> typed(c, i.type()));
                    }
                });
        choice.instructions(HighLevel.RemoveApplication.class)
                .filter(i -> !i.place().generated())
                .forEach(i -> expect(choice, i, i.application(), "goes with", named(i.application(), Kind.GOES)));
        choice.instructions(HighLevel.RestartApplication.class)
                .filter(i -> !i.application().orElse(choice.name()).equals(choice.name()))
                .forEach(i -> {
                    String application = i.application().orElseThrow();
                    if (expect(choice, i, application, "changes in", named(application, Kind.CHANGES))) {
                        replace(application, c -> typed(c.forced(saysSo(choice, i)), i.type()));
                    }
                });
    }

    /** Not even an appup starts a fragment. */
    private Choice typed(Choice choice, Optional<StartType> type) {
        return picture.fragment(choice.difference())
                ? choice
                : type.map(choice::with).orElse(choice);
    }

    private void bundles(Choice choice) {
        choice.instructions(HighLevel.AddBundle.class)
                .forEach(i -> expect(choice, i, i.bundle(), "comes with", differences.fits(i)));
        choice.instructions(HighLevel.DeleteBundle.class)
                .forEach(i -> expect(choice, i, i.bundle(), "goes with", differences.fits(i)));
        choice.instructions(HighLevel.LoadBundle.class)
                .filter(i -> !i.bundle().orElse(choice.name()).equals(choice.name()))
                .forEach(i -> {
                    String bundle = i.bundle().orElseThrow();
                    if (expect(choice, i, bundle, "changes in", differences.fits(i))) {
                        replace(bundle, c -> loaded(c, choice, i));
                    }
                });
    }

    private Choice loaded(Choice bundle, Choice by, HighLevel.LoadBundle load) {
        HighLevel.LoadBundle own = new HighLevel.LoadBundle(
                Optional.empty(), load.prePurge(), load.postPurge(), load.depends(), load.place());
        Choice loaded = bundle.loaded(own, saysSo(by, load));
        return picture.onlyOnce(bundle.difference()).map(loaded::forced).orElse(loaded);
    }

    /** By its file, which on a way over several versions is not that of the target. */
    private static String saysSo(Choice by, HighLevel instruction) {
        return "an appup of " + by.name() + " says so, " + instruction.place().origin();
    }

    /** How an application takes part in the release. */
    private enum Kind {
        COMES,
        GOES,
        CHANGES
    }

    private boolean named(String application, Kind kind) {
        Choice choice = choices.get(application);
        if (choice == null) {
            return false;
        }
        return switch (kind) {
            case COMES -> choice.difference().comes();
            case GOES -> choice.difference().goes();
            case CHANGES -> choice.difference().changes();
        };
    }

    private boolean expect(Choice choice, HighLevel instruction, String application, String verb, boolean met) {
        if (!met) {
            boolean exists = known.contains(application);
            replace(
                    choice.name(),
                    c -> c.with(new Problem(
                            exists ? "wrong-application" : "no-such-application",
                            instruction.place().toString(),
                            exists
                                    ? "no application '" + application + "' " + verb + " this release"
                                    : "neither release has an application '" + application + "'",
                            exists ? "remove the instruction" : Spelling.hint(application, known))));
        }
        return met;
    }

    private void replace(String application, UnaryOperator<Choice> change) {
        choices.computeIfPresent(application, (name, now) -> change.apply(now));
    }
}
