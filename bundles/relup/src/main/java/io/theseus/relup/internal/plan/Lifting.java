// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.release.Problem;
import io.theseus.release.StartType;
import io.theseus.relup.HighLevel;
import io.theseus.relup.HighLevel.Change;
import io.theseus.relup.HighLevel.Kind;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.Place;
import io.theseus.relup.PurgeMethod;
import io.theseus.relup.internal.check.Split;
import io.theseus.relup.internal.check.Words;
import io.theseus.relup.internal.read.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lifts low-level instructions of an appup to the high-level ones that they amount to, so that a release has one suspend, one switch and
 * one resume whoever wrote what: suspend, code_change and resume are an update, stop and start a restart_application, load is a load_bundle,
 * remove a delete_bundle. What is left are set_config and sync_nodes, and gates of other applications.
 */
final class Lifting implements Instruction.Visitor<Lifting> {
    private final Difference own;
    private final Differences differences;
    private final Set<String> known;
    private final List<HighLevel> lifted = new ArrayList<>();
    private final List<HighLevel.LowLevel> opening = new ArrayList<>();
    private final List<HighLevel> late = new ArrayList<>();
    private final List<Suspended> gates = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Suspended> components = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, Handover> handovers = new LinkedHashMap<>();
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private Place place = Place.GENERATED;
    private Kind kind = Kind.DYNAMIC;
    private boolean changing;

    private Lifting(Difference own, Differences differences, Set<String> known) {
        this.own = own;
        this.differences = differences;
        this.known = known;
    }

    /** What came out. */
    record Lifted(Todo todo, List<Problem> problems) {}

    /** @param known names of all bundles of both releases */
    static Lifted lift(Difference own, Differences differences, Set<String> known, List<HighLevel> instructions) {
        Lifting lifting = new Lifting(own, differences, known);
        Split split = Split.of(instructions);
        List<HighLevel.Apply> early = split.before().stream()
                .filter(HighLevel.Apply.class::isInstance)
                .map(HighLevel.Apply.class::cast)
                .toList();
        for (HighLevel instruction : instructions) {
            lifting.place = instruction.place();
            if (instruction instanceof HighLevel.LowLevel low) {
                low.instruction().accept(lifting);
            } else if (!early.contains(instruction)) {
                lifting.lifted.add(instruction);
                lifting.changing |= !(instruction instanceof HighLevel.Apply);
            }
        }
        lifting.updates();
        lifting.lifted.addAll(lifting.late);
        return new Lifted(new Todo(early, lifting.opening, lifting.lifted, lifting.gates), lifting.problems);
    }

    private void updates() {
        components.forEach((component, suspended) -> {
            Handover handover = handovers.get(component);
            lifted.add(new HighLevel.Update(
                    component,
                    handover == null ? Change.SOFT : Change.ADVANCED,
                    handover == null ? Map.of() : handover.extra(),
                    handover == null ? List.of() : handover.allowLoss(),
                    suspended.timeout(),
                    suspended.onTimeout(),
                    kinds.getOrDefault(component, Kind.STATIC),
                    PurgeMethod.BRUTAL,
                    PurgeMethod.BRUTAL,
                    List.of(),
                    places.getOrDefault(component, place)));
        });
    }

    private Optional<String> other(String name) {
        return name.equals(own.name()) ? Optional.empty() : Optional.of(name);
    }

    private void problem(String code, String text, String hint) {
        problems.add(new Problem(code, place.toString(), text, hint));
    }

    private boolean isOwn(String application, Instruction instruction) {
        boolean mine = application.equals(own.name());
        if (!mine) {
            problem(
                    "wrong-application",
                    "'" + Words.name(instruction) + "' of a component of '" + application + "' in the appup of "
                            + own.name(),
                    "write it into the appup of " + application);
        }
        return mine;
    }

    @Override
    public Lifting loadObjectCode(Instruction.LoadObjectCode load) {
        Optional<Difference> found = differences.find(load.application()).filter(d -> !d.goes());
        if (found.isEmpty()) {
            problem(
                    "wrong-application",
                    "no bundle '" + load.application() + "' comes or changes in this release",
                    "remove the instruction");
        } else if (!Difference.version(found.get().to()).equals(load.version())) {
            problem(
                    "wrong-version",
                    "'" + load.application() + "' is to be loaded in version " + load.version()
                            + ", and this release has " + found.get(),
                    "write version: " + Difference.version(found.get().to()));
        } else if (found.get().comes()) {
            late.add(said(load.type())
                    .<HighLevel>map(t -> new HighLevel.AddApplication(load.application(), Optional.of(t), place))
                    .orElse(new HighLevel.AddBundle(load.application(), List.of(), place)));
        } else if (load.mode() == Instruction.LoadObjectCode.Mode.STOPPED) {
            late.add(new HighLevel.RestartApplication(other(load.application()), said(load.type()), place));
        }
        return this;
    }

    /** What is not written is required in a script, and as the release says in an appup. */
    private static Optional<StartType> said(StartType type) {
        return Optional.of(type).filter(t -> t != StartType.REQUIRED);
    }

    @Override
    public Lifting load(Instruction.Load instruction) {
        kind = Kind.STATIC;
        changing = true;
        instruction.codes().stream()
                .filter(c -> differences
                        .find(c.application())
                        .filter(Difference::changes)
                        .isPresent())
                .forEach(c -> lifted.add(new HighLevel.LoadBundle(
                        other(c.application()), c.prePurge(), c.postPurge(), List.of(), place)));
        return this;
    }

    @Override
    public Lifting remove(Instruction.Remove instruction) {
        changing = true;
        instruction.codes().forEach(c -> lifted.add(new HighLevel.DeleteBundle(c.application(), List.of(), place)));
        return this;
    }

    @Override
    public Lifting purge(Instruction.Purge instruction) {
        instruction.applications().stream()
                .filter(a -> differences.find(a).filter(d -> !d.comes()).isEmpty())
                .forEach(a -> problem(
                        "wrong-application",
                        "no bundle '" + a + "' goes or changes in this release",
                        "remove it: what goes and changes is purged anyway"));
        return this;
    }

    @Override
    public Lifting suspend(Instruction.Suspend instruction) {
        changing = true;
        for (Suspended target : instruction.targets()) {
            if (!known.contains(target.application())) {
                problem(
                        "no-such-application",
                        "neither release has an application '" + target.application() + "'",
                        Spelling.hint(target.application(), known));
            } else if (target.component().isEmpty()) {
                gates.add(target);
            } else if (isOwn(target.application(), instruction)) {
                components.put(target.component().get(), target);
                places.put(target.component().get(), place);
            }
        }
        return this;
    }

    @Override
    public Lifting codeChange(Instruction.CodeChange instruction) {
        for (Handover handover : instruction.handovers()) {
            if (isOwn(handover.application(), instruction)) {
                handovers.put(handover.component(), handover);
                kinds.put(handover.component(), kind);
            }
        }
        return this;
    }

    @Override
    public Lifting start(Instruction.Start instruction) {
        instruction
                .targets()
                .forEach(t ->
                        lifted.add(new HighLevel.RestartApplication(other(t.application()), said(t.type()), place)));
        return this;
    }

    @Override
    public Lifting setConfig(Instruction.SetConfig instruction) {
        lifted.add(new HighLevel.LowLevel(instruction, place));
        return this;
    }

    @Override
    public Lifting syncNodes(Instruction.SyncNodes instruction) {
        HighLevel.LowLevel sync = new HighLevel.LowLevel(instruction, place);
        if (changing) {
            lifted.add(sync);
        } else {
            opening.add(sync);
        }
        return this;
    }

    @Override
    public Lifting stop(Instruction.Stop instruction) {
        changing = true;
        return this;
    }

    @Override
    public Lifting resume(Instruction.Resume instruction) {
        return this;
    }

    @Override
    public Lifting pointOfNoReturn(Instruction.PointOfNoReturn instruction) {
        return this;
    }

    @Override
    public Lifting apply(Instruction.Apply instruction) {
        throw new IllegalStateException("no instruction of an appup: " + instruction);
    }

    @Override
    public Lifting restartNewContainer(Instruction.RestartNewContainer instruction) {
        throw new IllegalStateException("no instruction of an appup: " + instruction);
    }

    @Override
    public Lifting restartContainer(Instruction.RestartContainer instruction) {
        throw new IllegalStateException("no instruction of an appup: " + instruction);
    }
}
