// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.api.Direction;
import io.theseus.handler.internal.eval.Batch.Task;
import io.theseus.handler.internal.state.Converter;
import io.theseus.handler.internal.state.StateTypes;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** States of components, from one version to the other and back. Thread safety: as {@link Run}. */
final class Handovers {
    private final Run run;
    private final Workers workers;

    Handovers(Run run, Workers workers) {
        this.run = run;
        this.workers = workers;
    }

    /** In the order of the script: what resumes is what was handed a state. */
    void prepare() throws FailedException {
        Map<Part, Instance> handed = new LinkedHashMap<>();
        for (Instruction instruction :
                run.course.script().instructions(Instruction.class).toList()) {
            if (instruction instanceof Instruction.CodeChange change) {
                Prepared<Instance> prepared = changing(change);
                handed.putAll(prepared.parts());
                run.ready.put(change, prepared);
            } else if (instruction instanceof Instruction.Resume resume) {
                run.ready.put(resume, resuming(handed));
            }
        }
    }

    void handOver(Instruction.CodeChange instruction, String text) throws Exception {
        run.operation.step("handover", text, () -> {
            Optional<Prepared<Instance>> ready = run.ready.take(instruction);
            if (ready.isEmpty()) {
                goOnWithout(instruction);
            }
            Prepared<Instance> prepared = ready.isPresent() ? ready.get() : changing(instruction);
            run.handed.putAll(prepared.parts());
            Preparation.failOn(workers.run(prepared.batch(), run.turn));
        });
    }

    private Prepared<Instance> changing(Instruction.CodeChange instruction) throws FailedException {
        Map<Part, Instance> parts = new LinkedHashMap<>();
        List<Task> tasks = new ArrayList<>();
        for (Handover handover : instruction.handovers()) {
            Part part = new Part(handover.application(), handover.component());
            if (!run.keepsState(part)) {
                Instance successor = successor(part);
                Converter converter = converter(part);
                Change change = Objects.requireNonNull(run.changes.get(part));
                parts.put(part, successor);
                tasks.add(
                        new Task(run.where(part), run.limit(part), () -> handOver(part, successor, converter, change)));
            }
        }
        return new Prepared<>(parts, Batch.told("code-change-failed", tasks, "change the code of", run.operation));
    }

    private void handOver(Part part, Instance successor, Converter converter, Change change) throws Exception {
        Suspended old = run.suspended.get(part);
        if (old == null) {
            throw new FailedException(Problem.of("failed", run.where(part), "is handed over, not suspended"));
        }
        take(successor.get(), converter.convert(old.state().get()), change);
    }

    // One whose predecessor never suspended works already, and one that has been kept warm has what it had.
    private void goOnWithout(Instruction.CodeChange instruction) {
        for (Handover handover : instruction.handovers()) {
            Part part = new Part(handover.application(), handover.component());
            if (run.keepsState(part) && run.suspended.containsKey(part) && !run.warm()) {
                run.handed.put(part, successor(part));
            }
        }
    }

    /**
     * Before the switch: the successors of components whose calls did not end. Their gates are open, so calls reach them
     * with the switch.
     */
    void startSkipped() throws Exception {
        List<Part> parts = run.course
                .script()
                .instructions(Instruction.CodeChange.class)
                .flatMap(c -> c.handovers().stream())
                .map(h -> new Part(h.application(), h.component()))
                .filter(part -> run.skipped.containsKey(part) && !run.suspended.containsKey(part) && !run.warm())
                .toList();
        for (Part part : parts) {
            CodeChange<?> successor = successor(part).get();
            run.operation.step("resume", "resume " + part + " with no state", () -> {
                run.undo.push("suspend " + part, () -> suspendAgain(successor, part));
                Action resuming = () -> run.ports.switchboard().inOther(() -> {
                    successor.resume();
                    return part;
                });
                Preparation.failOn(
                        workers.run("resume-failed", List.of(new Task(run.where(part), run.drain(), resuming))));
            });
        }
    }

    /** What was handed a state goes on with it, and so does what has been kept warm. */
    void resumeSuccessors(Instruction.Resume instruction) throws FailedException {
        run.resumed.addAll(run.handed.keySet());
        Batch batch = run.ready.take(instruction).orElseGet(() -> resuming(run.handed));
        Preparation.failOn(workers.run(batch, run.turn));
    }

    private Batch resuming(Map<Part, Instance> handed) {
        List<Task> tasks = new ArrayList<>();
        handed.forEach((part, successor) -> tasks.add(
                new Task(run.where(part), run.limit(part), () -> successor.get().resume())));
        return Batch.told("resume-failed", tasks, "resume", run.operation);
    }

    /** Components of the warm generation that sleep, and that this script hands nothing: they go on with what they have. */
    void wakeForgotten() throws Exception {
        Set<Part> dormant = run.course.kept().map(Kept::dormant).orElse(Set.of());
        for (Part part : dormant) {
            boolean handed = run.course
                    .script()
                    .instructions(Instruction.CodeChange.class)
                    .flatMap(c -> c.handovers().stream())
                    .anyMatch(h -> part.equals(new Part(h.application(), h.component())) && !run.keepsState(part));
            Optional<CodeChange<?>> warm = run.component(run.after(part.application()), part);
            if (!handed && warm.isPresent()) {
                run.operation.step("resume", "resume " + part + " with the state it had", () -> {
                    run.undo.push("suspend " + part, () -> suspendAgain(warm.get(), part));
                    Preparation.failOn(workers.run(
                            "resume-failed", List.of(new Task(run.where(part), run.drain(), warm.get()::resume))));
                });
            }
        }
    }

    /**
     * Suspends the successors again and hands their states back, where the way back has a handover.
     *
     * @param served whether calls have reached them: only then have they anything to hand back
     */
    void takeBack(boolean served) throws FailedException {
        List<Task> tasks = new ArrayList<>();
        for (Part part : run.resumed) {
            Instance successor = run.handed.get(part);
            Suspended old = run.suspended.get(part);
            if (successor != null && old != null) {
                tasks.add(new Task(run.where(part), old.limit(), () -> {
                    Object state = successor.get().suspend();
                    if (served) {
                        handBack(part, old, successor.get(), state);
                    }
                }));
            }
        }
        run.resumed.clear();
        // What can not be handed back is lost and must be said; the old component goes on with the state it kept.
        workers.run(
                        Batch.told(
                                served ? "state-lost" : "suspend-failed",
                                tasks,
                                "take the state back from",
                                run.operation),
                        Optional.empty())
                .forEach(run.operation::problem);
    }

    private void handBack(Part part, Suspended old, CodeChange<?> successor, @Nullable Object state) throws Exception {
        if (run.keepsState(part)) {
            throw new FailedException(Problem.of(
                    "state-lost",
                    run.where(part),
                    "what it was told since the switch is lost: the component that was skipped goes on"));
        }
        Handover back = run.course.back().get(part);
        if (back == null) {
            throw new FailedException(Problem.of(
                    "state-lost",
                    run.where(part),
                    "what changed since the switch is lost: its appup has no entry for the way back"));
        }
        Change there = Objects.requireNonNull(run.changes.get(part));
        Direction opposite = there.direction() == Direction.UP ? Direction.DOWN : Direction.UP;
        Change change = new Change(opposite, there.to(), there.from(), back.extra());
        give(successor, state, old.instance().get(), back, run.where(part), change);
    }

    private static void give(
            CodeChange<?> from,
            @Nullable Object state,
            CodeChange<?> to,
            Handover handover,
            String where,
            Change change)
            throws Exception {
        Converter converter;
        try {
            converter = StateTypes.compare(from.getClass(), to.getClass(), where, Set.copyOf(handover.allowLoss()));
        } catch (RefusedException e) {
            throw new FailedException(e.problems());
        }
        take(to, converter.convert(state), change);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the converter has checked the class; a component may give no state
    private static void take(CodeChange<?> component, @Nullable Object state, Change change) throws Exception {
        ((CodeChange<Object>) component).codeChange(state, change);
    }

    /** One that went on by itself and hands nothing back. */
    private void suspendAgain(CodeChange<?> component, Part part) throws FailedException {
        if (run.switched) {
            run.operation.problem(
                    Problem.of("state-lost", run.where(part), "what it was told since the switch is lost"));
        }
        Preparation.failOn(
                workers.run("suspend-failed", List.of(new Task(run.where(part), run.drain(), component::suspend))));
    }

    private Converter converter(Part part) throws FailedException {
        Converter converter = run.converters.get(part);
        if (converter == null) {
            throw new FailedException(Problem.of("failed", run.where(part), "its state types were not compared"));
        }
        return converter;
    }

    private Instance successor(Part part) {
        return new Instance(run.where(part), () -> run.component(run.after(part.application()), part));
    }
}
