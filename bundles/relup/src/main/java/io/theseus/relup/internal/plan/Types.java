// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.release.BundleSpec;
import io.theseus.release.Release;
import io.theseus.release.StartType;
import io.theseus.relup.Instruction;
import io.theseus.relup.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where an install does not start a bundle as the release says, which every start of the container does. */
record Types(Picture picture) {
    static String word(StartType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    List<String> notes(List<Choice> choices) {
        List<String> notes = new ArrayList<>();
        choices.stream()
                .filter(c -> !c.difference().goes())
                .forEach(c -> other(c.name(), c.type()).ifPresent(notes::add));
        notes.addAll(staying());
        return notes;
    }

    List<String> notes(Script script) {
        List<String> notes = new ArrayList<>();
        script.instructions(Instruction.LoadObjectCode.class)
                .forEach(load -> other(load.application(), load.type()).ifPresent(notes::add));
        notes.addAll(staying());
        return notes;
    }

    private Optional<String> other(String name, StartType type) {
        Release to = picture.planning().to();
        return to.bundle(name)
                .filter(b -> !picture.fragment(b) && b.type() != type)
                .map(b -> b + " is " + word(type) + " for this install and " + word(b.type()) + " in " + to.id()
                        + ", which counts whenever the container starts");
    }

    /** What stays in its version stays as it runs. */
    private List<String> staying() {
        Release to = picture.planning().to();
        return to.bundles().stream()
                .filter(b -> !picture.fragment(b) && changesType(b))
                .map(b -> b + " is " + word(b.type()) + " in " + to.id() + " and no new version: "
                        + (b.type().starts()
                                ? "it is started when the container starts next"
                                : "it goes on as it is, until somebody stops it"))
                .toList();
    }

    private boolean changesType(BundleSpec bundle) {
        return picture.planning()
                .from()
                .bundle(bundle.symbolicName())
                .filter(old -> old.version().equals(bundle.version())
                        && old.type().starts() != bundle.type().starts())
                .isPresent();
    }
}
