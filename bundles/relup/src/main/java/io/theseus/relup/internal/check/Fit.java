// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.check;

import io.theseus.api.Direction;
import io.theseus.release.BundleSpec;
import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.LoadObjectCode;
import io.theseus.relup.Script;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** Whether a script leads from one release to another. */
public final class Fit {
    /** Problems of a plan that are none of its appups, so that writing the script by hand does not solve them. */
    private static final Set<String> OF_THE_RELEASES = Set.of(
            "duplicate-application",
            "same-version-other-content",
            "package-users",
            "library-changes",
            "fragment-changes",
            "sticky");

    private final Script script;
    private final Release from;
    private final Release to;
    private final Set<String> moving = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    public Fit(Script script, Release from, Release to) {
        this.script = script;
        this.from = from;
        this.to = to;
    }

    public List<Problem> problems(Plan plan) {
        script.steps().forEach(this::namesWhatIsThere);
        script.steps().forEach(this::handsOverTheWayItGoes);
        if (from.id().equals(to.id())) {
            script.steps().forEach(this::loadsNothing);
            suspendedGoOn();
        } else {
            plan.applications().stream()
                    .filter(row -> row.from().equals(row.to()))
                    .forEach(row -> moving.add(row.application()));
            plan.problems().stream()
                    .filter(p -> OF_THE_RELEASES.contains(p.code()))
                    .forEach(problems::add);
            if (script.instructions(Instruction.RestartNewContainer.class)
                    .findAny()
                    .isEmpty()) {
                script.steps().forEach(this::changesWhatTheReleaseChanges);
                everythingIsChanged();
            }
        }
        return List.copyOf(problems);
    }

    private void namesWhatIsThere(Script.Step step) {
        named(step.instruction())
                .distinct()
                .filter(name -> from.bundle(name).isEmpty() && to.bundle(name).isEmpty())
                .forEach(name -> add(step, name + " is in neither release", "release:plan shows the names"));
    }

    private static Stream<String> named(Instruction instruction) {
        if (instruction instanceof LoadObjectCode load) {
            return Stream.of(load.application());
        }
        if (instruction instanceof Instruction.Apply apply) {
            return Stream.of(apply.application());
        }
        if (instruction instanceof Instruction.Suspend suspend) {
            return suspend.targets().stream().map(Instruction.Suspend.Suspended::application);
        }
        if (instruction instanceof Instruction.CodeChange change) {
            return change.handovers().stream().map(Instruction.CodeChange.Handover::application);
        }
        if (instruction instanceof Instruction.Remove remove) {
            return remove.codes().stream().map(Instruction.Load.Code::application);
        }
        // What is stopped, loaded, started, resumed stands in one of these too: Pairs sees to it.
        return instruction instanceof Instruction.Purge purge ? purge.applications().stream() : Stream.of();
    }

    /** What stays in its version may be told either direction. */
    private void handsOverTheWayItGoes(Script.Step step) {
        if (step.instruction() instanceof Instruction.CodeChange change) {
            for (Instruction.CodeChange.Handover handover : change.handovers()) {
                Optional<Version> now = from.bundle(handover.application()).map(BundleSpec::version);
                Optional<Version> next = to.bundle(handover.application()).map(BundleSpec::version);
                int way = now.isEmpty() || next.isEmpty() ? 0 : next.get().compareTo(now.get());
                Direction right = way > 0 ? Direction.UP : Direction.DOWN;
                if (way != 0 && change.direction() != right) {
                    String direction = right.name().toLowerCase(Locale.ROOT);
                    add(
                            step,
                            handover.application() + "/" + handover.component() + " is told that it goes "
                                    + change.direction().name().toLowerCase(Locale.ROOT) + ", and it goes " + direction
                                    + " from " + now.get()
                                    + " to " + next.get(),
                            "write direction: " + direction);
                }
            }
        }
    }

    private void loadsNothing(Script.Step step) {
        Instruction instruction = step.instruction();
        if (!(instruction instanceof Instruction.PointOfNoReturn
                || instruction instanceof Instruction.Apply
                || instruction instanceof Instruction.SetConfig
                || instruction instanceof Instruction.SyncNodes
                || instruction instanceof Instruction.Suspend
                || instruction instanceof Instruction.CodeChange
                || instruction instanceof Instruction.Resume)) {
            add(
                    step,
                    "'" + Words.name(instruction) + "' changes code, and no release is named that has it",
                    "name it with --to");
        }
    }

    /** A component that stays sleeps until its state is given to it, which is what wakes it. */
    private void suspendedGoOn() {
        Set<String> handed = script.instructions(Instruction.CodeChange.class)
                .flatMap(c -> c.handovers().stream())
                .map(h -> h.application() + " " + h.component())
                .collect(Collectors.toSet());
        for (Script.Step step : script.steps()) {
            if (step.instruction() instanceof Instruction.Suspend suspend) {
                suspend.targets().stream()
                        .filter(t -> t.component().isPresent())
                        .map(t -> t.application() + " " + t.component().get())
                        .filter(part -> !handed.contains(part))
                        .forEach(part -> add(
                                step,
                                part + " is suspended and nothing hands its state over: it would not go on",
                                "add it to a code_change, or suspend the application without it"));
            }
        }
    }

    private void changesWhatTheReleaseChanges(Script.Step step) {
        if (step.instruction() instanceof LoadObjectCode load) {
            Optional<BundleSpec> bundle = to.bundle(load.application()).filter(this::changed);
            if (bundle.isEmpty()) {
                add(step, load.application() + " does not change in " + to.id(), "remove it");
            } else if (!bundle.get().version().equals(load.version())) {
                add(
                        step,
                        to.id() + " has " + load.application() + " "
                                + bundle.get().version() + ", not " + load.version(),
                        "write version: " + bundle.get().version());
            } else if (load.library() != (bundle.get().role() == BundleSpec.Role.LIBRARY)) {
                add(step, load.application() + " is " + (load.library() ? "no" : "a") + " library", "");
            }
        }
        if (step.instruction() instanceof Instruction.Remove remove) {
            remove.codes().stream()
                    .map(Instruction.Load.Code::application)
                    .filter(name -> to.bundle(name).isPresent())
                    .forEach(name -> add(step, name + " is in " + to.id(), "load it, or leave it as it is"));
        }
    }

    private void everythingIsChanged() {
        Set<String> prepared = script.instructions(LoadObjectCode.class)
                .map(LoadObjectCode::application)
                .collect(Collectors.toSet());
        Set<String> removed = script.instructions(Instruction.Remove.class)
                .flatMap(r -> r.codes().stream())
                .map(Instruction.Load.Code::application)
                .collect(Collectors.toSet());
        to.bundles().stream()
                .filter(this::changed)
                .filter(b -> !prepared.contains(b.symbolicName()))
                .forEach(b -> problems.add(problem(
                        to.id().toString(),
                        b + " is in the release and the script does not load it",
                        "add load_object_code, and load")));
        from.applications().stream()
                .map(BundleSpec::symbolicName)
                .filter(name -> to.bundle(name).isEmpty() && !removed.contains(name))
                .forEach(name -> problems.add(problem(
                        to.id().toString(),
                        name + " is not in the release and the script does not remove it",
                        "add remove")));
    }

    /** In its version, or in its wires only. */
    private boolean changed(BundleSpec bundle) {
        return moving.contains(bundle.symbolicName())
                || from.bundle(bundle.symbolicName())
                        .filter(b -> b.version().equals(bundle.version()))
                        .isEmpty();
    }

    private void add(Script.Step step, String text, String hint) {
        problems.add(problem(step.origin(), text, hint));
    }

    private static Problem problem(String where, String text, String hint) {
        return new Problem("unfit-script", where, text, hint);
    }
}
