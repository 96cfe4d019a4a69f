// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.relup.HighLevel;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Instruction.LoadObjectCode.Mode;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.Script;
import io.theseus.relup.StartType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** Pass 6: the script, in the order that decision 2 gives. */
final class Assembly {
    private final Picture picture;
    private final List<Difference> libraries;
    private final Map<String, Choice> choices;
    private final List<Choice> ordered;
    private final Order order;
    private final Gates gates;
    private final List<Script.Step> steps = new ArrayList<>();

    /** @param choices dependencies first */
    Assembly(Picture picture, List<Difference> libraries, Map<String, Choice> choices, Order order) {
        this.picture = picture;
        this.libraries = libraries;
        this.choices = choices;
        this.ordered = List.copyOf(choices.values());
        this.order = order;
        this.gates = new Gates(picture, ordered);
    }

    Script script() {
        prepare();
        step(new Instruction.PointOfNoReturn(), "generated");
        List<Suspended> suspended = gates.targets();
        if (!suspended.isEmpty()) {
            step(new Instruction.Suspend(suspended), origins(gates.closing()));
        }
        stop();
        load();
        start();
        codeChange();
        if (!suspended.isEmpty()) {
            List<Suspended> reversed = new ArrayList<>(suspended);
            Collections.reverse(reversed);
            step(new Instruction.Resume(reversed), origins(gates.closing()));
        }
        actions();
        purge();
        return new Script(steps);
    }

    private void prepare() {
        for (Difference library : libraries) {
            library.to()
                    .ifPresent(to -> step(
                            new Instruction.LoadObjectCode(
                                    library.name(),
                                    to.version(),
                                    Mode.SIDE_BY_SIDE,
                                    picture.fragment(library) ? StartType.NONE : StartType.REQUIRED,
                                    true),
                            "generated"));
        }
        for (Choice choice : ordered) {
            if (!choice.difference().goes()) {
                Version version = Difference.version(choice.difference().to());
                Mode mode = choice.stopped() ? Mode.STOPPED : Mode.SIDE_BY_SIDE;
                step(
                        new Instruction.LoadObjectCode(choice.name(), version, mode, choice.type(), false),
                        choice.origin());
            }
        }
    }

    private void stop() {
        List<Choice> stopped =
                new ArrayList<>(ordered.stream().filter(Choice::stopped).toList());
        Collections.reverse(stopped);
        if (!stopped.isEmpty()) {
            step(new Instruction.Stop(stopped.stream().map(Choice::name).toList()), origins(stopped));
        }
    }

    /** Restarted applications are of the new generation too, so the one switch takes them along. */
    private void load() {
        if (!ordered.isEmpty()) {
            List<Instruction.Load.Code> codes = ordered.stream()
                    .map(c -> new Instruction.Load.Code(c.name(), c.prePurge(), c.postPurge()))
                    .toList();
            step(new Instruction.Load(codes), origins(ordered));
        }
    }

    private void start() {
        List<Choice> started = ordered.stream()
                .filter(Choice::stopped)
                .filter(c -> c.difference().changes())
                .toList();
        if (!started.isEmpty()) {
            List<Instruction.Start.Started> targets = started.stream()
                    .map(c -> new Instruction.Start.Started(c.name(), c.type()))
                    .toList();
            step(new Instruction.Start(targets), origins(started));
        }
    }

    private void codeChange() {
        List<String> names = ordered.stream()
                .filter(c -> !c.handovers().isEmpty())
                .map(Choice::name)
                .toList();
        for (List<String> layer : order.layersDependentsFirst(names)) {
            for (Direction direction : Direction.values()) {
                List<Choice> together = layer.stream()
                        .map(choices::get)
                        .filter(c -> c.difference().direction() == direction)
                        .toList();
                if (!together.isEmpty()) {
                    step(new Instruction.CodeChange(direction, handovers(together)), updateOrigins(together));
                }
            }
        }
    }

    private static List<Handover> handovers(List<Choice> choices) {
        return choices.stream()
                .flatMap(c -> c.handovers().stream()
                        .map(u -> new Handover(c.name(), u.component(), u.extra(), u.allowLoss())))
                .toList();
    }

    private void actions() {
        for (Choice choice : ordered) {
            choice.instructions(HighLevel.Apply.class)
                    .forEach(a -> step(
                            new Instruction.Apply(
                                    choice.name(),
                                    a.action(),
                                    a.args(),
                                    choice.difference().direction()),
                            Choice.origin(a)));
        }
    }

    private void purge() {
        List<String> purged = Stream.concat(
                        libraries.stream().filter(l -> !l.comes()).map(Difference::name),
                        ordered.stream().filter(c -> !c.difference().comes()).map(Choice::name))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(purged);
        if (!purged.isEmpty()) {
            step(new Instruction.Purge(purged), "generated");
        }
    }

    private void step(Instruction instruction, String origin) {
        steps.add(new Script.Step(instruction, origin));
    }

    private static String origins(List<Choice> choices) {
        return distinct(choices.stream().map(Choice::origin));
    }

    private static String updateOrigins(List<Choice> choices) {
        return distinct(choices.stream().flatMap(c -> c.handovers().stream().map(Choice::origin)));
    }

    private static String distinct(Stream<String> origins) {
        Set<String> set = origins.collect(Collectors.toCollection(LinkedHashSet::new));
        return String.join(", ", set);
    }
}
