// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.api.CodeChange;
import io.theseus.api.Direction;
import io.theseus.handler.internal.state.StateTypes;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what comes after the point of no return can be done with what is there: components, state types, actions. */
final class Fitness {
    private final Run run;
    private final List<Problem> problems = new ArrayList<>();

    Fitness(Run run) {
        this.run = run;
    }

    List<Problem> problems() {
        run.course
                .script()
                .instructions(Instruction.CodeChange.class)
                .forEach(c -> c.handovers().forEach(handover -> handover(c.direction(), handover)));
        run.course.script().instructions(Instruction.Apply.class).forEach(this::action);
        run.course
                .script()
                .instructions(Instruction.SyncNodes.class)
                .forEach(i -> problems.addAll(run.ports.nodes().problems(i.nodes())));
        if (!run.warm()) {
            run.course.script().instructions(Instruction.SetConfig.class).forEach(i -> {
                problems.addAll(run.ports.configurations().problems(i.pid(), i.properties()));
                keepsStates(i.pid());
            });
        }
        return problems;
    }

    /** What is stopped has no state any more, and what comes has none yet. */
    private void keepsStates(String pid) {
        Set<String> stopped = run.course
                .script()
                .instructions(Instruction.Stop.class)
                .flatMap(s -> s.applications().stream())
                .collect(Collectors.toSet());
        run.course.from().applications().stream()
                .map(BundleSpec::symbolicName)
                .filter(application -> !stopped.contains(application))
                .forEach(application -> Stream.of(run.before(application), run.after(application))
                        .flatMap(Optional::stream)
                        .flatMap(id -> run.ports.components().renewed(id, pid).stream())
                        .distinct()
                        .forEach(component -> problems.add(Problem.of(
                                        "config-loses-state",
                                        run.where(new Part(application, component)),
                                        "has no method for a modified configuration, so 'set_config: " + pid
                                                + "' would make it anew, without its state")
                                .withHint("give it a method with @Modified, in both versions"))));
    }

    private void handover(Direction direction, Handover handover) {
        Part part = new Part(handover.application(), handover.component());
        run.changes.put(part, Actions.change(run, part.application(), direction, handover.extra()));
        Optional<CodeChange<?>> old = component(run.before(part.application()), part);
        Optional<CodeChange<?>> successor = component(run.after(part.application()), part);
        if (old.isEmpty() || successor.isEmpty()) {
            return;
        }
        several(run.before(part.application()), part);
        several(run.after(part.application()), part);
        try {
            run.converters.put(
                    part,
                    StateTypes.compare(
                            old.get().getClass(),
                            successor.get().getClass(),
                            run.where(part),
                            Set.copyOf(handover.allowLoss())));
        } catch (RefusedException e) {
            problems.addAll(e.problems());
        }
    }

    /** A handover goes from one instance to one; what the others know would be lost. */
    private void several(Optional<Long> bundle, Part part) {
        int instances = bundle.map(id -> run.ports.components().instances(id, part.component()))
                .orElse(0);
        if (instances > 1) {
            problems.add(Problem.of(
                            "several-instances",
                            run.where(part),
                            "bundle " + bundle.orElse(-1L) + " has " + instances
                                    + " instances of it, and only one could hand its state over")
                    .withHint(
                            "keep the state of all in one component, or delete their factory configurations but one"));
        }
    }

    private Optional<CodeChange<?>> component(Optional<Long> bundle, Part part) {
        Optional<CodeChange<?>> found =
                bundle.flatMap(id -> run.ports.components().codeChange(id, part.component()));
        if (found.isEmpty()) {
            List<String> there =
                    bundle.map(id -> run.ports.components().stateful(id)).orElse(List.of());
            problems.add(Problem.of(
                            "no-such-component",
                            run.where(part),
                            "bundle " + bundle.map(String::valueOf).orElse("-")
                                    + " has no such stateful component active")
                    .withHint("it has " + (there.isEmpty() ? "none" : String.join(", ", there))));
        }
        return found;
    }

    // An application that is started after the switch has the actions of its new version only then.
    private void action(Instruction.Apply apply) {
        boolean later = apply.direction() == Direction.UP
                && run.course
                        .script()
                        .instructions(Instruction.Start.class)
                        .flatMap(s -> s.targets().stream())
                        .anyMatch(t -> t.application().equals(apply.application()));
        Optional<Long> bundle =
                apply.direction() == Direction.UP ? run.after(apply.application()) : run.before(apply.application());
        boolean there = bundle.flatMap(id -> run.ports.components().action(id, apply.action()))
                .isPresent();
        if (!later && !there) {
            problems.add(Actions.missing(apply));
        }
    }
}
