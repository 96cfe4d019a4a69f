// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.relup.HighLevel;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Instruction.LoadObjectCode.Mode;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** Pass 6: the script, in the order that decision 2 gives. */
final class Assembly {
    private final Picture picture;
    private final List<Difference> libraries;
    private final List<Choice> ordered;
    private final Order order;
    private final Direction direction;
    private final Restart restart;
    private final Gates gates;
    private final List<Script.Step> steps = new ArrayList<>();

    /** @param choices dependencies first */
    Assembly(
            Picture picture,
            List<Difference> libraries,
            List<Choice> choices,
            Order order,
            Direction direction,
            Restart restart) {
        this.picture = picture;
        this.libraries = libraries;
        this.ordered = choices;
        this.order = order;
        this.direction = direction;
        this.restart = restart;
        this.gates = new Gates(picture, ordered, order);
    }

    Script script() {
        if (restart.first()) {
            step(new Instruction.RestartNewContainer(), restart.firstOrigin());
        }
        if (!restart.anew()) {
            prepare();
        }
        early();
        step(new Instruction.PointOfNoReturn(), "generated");
        ordered.forEach(c -> c.todo().opening().forEach(i -> action(c, i)));
        if (!restart.anew()) {
            change();
        }
        ordered.forEach(c ->
                c.instructions().stream().filter(i -> !actsBeforeItStops(c, i)).forEach(i -> action(c, i)));
        if (!restart.anew()) {
            purge();
        }
        if (restart.last()) {
            step(new Instruction.RestartContainer(), restart.lastOrigin());
        }
        return new Script(steps);
    }

    private void change() {
        List<Suspended> suspended = gates.targets();
        if (!suspended.isEmpty()) {
            step(new Instruction.Suspend(suspended), origins(gates.origins()));
        }
        stop();
        codeChange(this::beforeTheSwitch);
        load();
        remove();
        start();
        codeChange(h -> !beforeTheSwitch(h));
        if (!suspended.isEmpty()) {
            List<Suspended> reversed = new ArrayList<>(suspended);
            Collections.reverse(reversed);
            step(new Instruction.Resume(reversed), origins(gates.origins()));
        }
    }

    private void prepare() {
        for (Difference library : libraries) {
            library.to()
                    .ifPresent(to -> step(
                            new Instruction.LoadObjectCode(
                                    library.name(), to.version(), Mode.SIDE_BY_SIDE, picture.type(to), true),
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
        stopped.forEach(c ->
                c.instructions().stream().filter(i -> actsBeforeItStops(c, i)).forEach(i -> action(c, i)));
        if (!stopped.isEmpty()) {
            step(new Instruction.Stop(stopped.stream().map(Choice::name).toList()), origins(stopped));
        }
    }

    /** On the way down an action is one of the version that is left, and it is not there any more when that has stopped. */
    private boolean actsBeforeItStops(Choice choice, HighLevel instruction) {
        return instruction instanceof HighLevel.Apply
                && choice.stopped()
                && choice.difference().direction() == Direction.DOWN
                && !restart.anew();
    }

    /**
     * Restarted applications are of the new generation too, so the one switch takes them along. Dependencies are loaded first on the way up,
     * dependents on the way down.
     */
    private void load() {
        codes(c -> !c.difference().goes(), Instruction.Load::new);
    }

    private void remove() {
        codes(c -> c.difference().goes(), Instruction.Remove::new);
    }

    private void codes(Predicate<Choice> which, Function<List<Instruction.Load.Code>, Instruction> instruction) {
        List<Choice> chosen = new ArrayList<>(ordered.stream().filter(which).toList());
        if (direction == Direction.DOWN) {
            Collections.reverse(chosen);
        }
        if (!chosen.isEmpty()) {
            List<Instruction.Load.Code> codes = chosen.stream()
                    .map(c -> new Instruction.Load.Code(c.name(), c.prePurge(), c.postPurge()))
                    .toList();
            step(instruction.apply(codes), origins(chosen));
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

    /** A state to hand over, and whose. */
    private record Update(Choice choice, HighLevel.Update update) {
        Unit unit() {
            return new Unit(choice.name(), update.component());
        }

        Direction direction() {
            return choice.difference().direction();
        }

        Handover handover() {
            return new Handover(choice.name(), update.component(), update.extra(), update.allowLoss());
        }
    }

    /** On the way down OTP changes states before the code, but for static components (b.3, 7). */
    private boolean beforeTheSwitch(Update update) {
        return update.direction() == Direction.DOWN && update.update().kind() == HighLevel.Kind.DYNAMIC;
    }

    private void codeChange(Predicate<Update> which) {
        Map<Unit, Update> updates = new LinkedHashMap<>();
        ordered.forEach(c -> c.handovers().forEach(u -> {
            Update update = new Update(c, u);
            if (which.test(update)) {
                updates.put(update.unit(), update);
            }
        }));
        for (List<Unit> layer : order.layersDependentsFirst(updates.keySet())) {
            for (Direction way : Direction.values()) {
                List<Update> together = layer.stream()
                        .flatMap(u -> Optional.ofNullable(updates.get(u)).stream())
                        .filter(u -> u.direction() == way)
                        .toList();
                if (!together.isEmpty()) {
                    step(
                            new Instruction.CodeChange(
                                    way, together.stream().map(Update::handover).toList()),
                            distinct(together.stream().map(u -> Choice.origin(u.update()))));
                }
            }
        }
    }

    /** Actions that an appup puts before its point of no return. */
    private void early() {
        ordered.forEach(c -> c.todo().early().forEach(a -> action(c, a)));
    }

    private void action(Choice choice, HighLevel instruction) {
        if (instruction instanceof HighLevel.Apply apply) {
            step(
                    new Instruction.Apply(
                            choice.name(),
                            apply.action(),
                            apply.args(),
                            choice.difference().direction(),
                            apply.timeout()),
                    Choice.origin(apply));
        }
        if (instruction instanceof HighLevel.LowLevel low) {
            step(low.instruction(), Choice.origin(low));
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

    private static String distinct(Stream<String> origins) {
        Set<String> set = origins.collect(Collectors.toCollection(LinkedHashSet::new));
        return String.join(", ", set);
    }
}
