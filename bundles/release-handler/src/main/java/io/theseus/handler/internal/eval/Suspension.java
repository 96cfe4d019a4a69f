// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.api.CodeChange;
import io.theseus.handler.internal.eval.Batch.Task;
import io.theseus.port.Switchboard.Waits;
import io.theseus.release.Report.Figure;
import io.theseus.relup.Instruction;
import io.theseus.relup.OnTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gates and components: the instructions {@code suspend} and {@code resume}. Thread safety: as {@link Run}. */
final class Suspension {
    private final Run run;
    private final Workers workers;
    private final Sharing sharing;
    private final Handovers handovers;
    private final Closing closing;

    Suspension(Run run, Workers workers, Handovers handovers, Closing closing) {
        this.run = run;
        this.workers = workers;
        this.sharing = new Sharing(run);
        this.handovers = handovers;
        this.closing = closing;
    }

    /** Not where a component is missing: that may be there when gates are closed. */
    void prepare() {
        run.course.script().instructions(Instruction.Suspend.class).forEach(instruction -> {
            long components = instruction.targets().stream()
                    .filter(target -> target.component().isPresent())
                    .count();
            Prepared<Suspended> prepared = suspending(instruction);
            if (prepared.parts().size() == components) {
                run.ready.put(instruction, prepared);
            }
        });
    }

    void suspend(Instruction.Suspend instruction, String text) throws Exception {
        run.operation.step("suspend", text, () -> {
            run.operation.callersWait(true);
            long begun = System.nanoTime();
            run.undo.push("open gates", this::open);
            run.undo.push("forget what was skipped", run.skipped::clear);
            closing.close(instruction, this::open);
            run.operation.told("wait until calls have ended", Duration.ofNanos(System.nanoTime() - begun));
            run.undo.push("resume components", this::wake);
            Prepared<Suspended> prepared = run.ready.take(instruction).orElseGet(() -> suspending(instruction));
            run.suspended = prepared.parts();
            Preparation.failOn(workers.run(prepared.batch(), run.turn));
            // Now the components' own threads write nothing any more.
            sharing.again(applications(instruction.targets()));
        });
    }

    /** Closes every gate for good: this JVM ends. */
    void closeAll(String text) throws Exception {
        run.operation.step("suspend", text, () -> {
            run.undo.push("open gates", this::open);
            closing.closeAll();
        });
    }

    void resume(Instruction.Resume instruction, String text) throws Exception {
        run.operation.step("resume", text, () -> {
            run.undo.push("suspend what was resumed", () -> suspendSuccessors(instruction));
            sharing.bringBack(applications(instruction.targets()));
            handovers.resumeSuccessors(instruction);
            try {
                open();
            } finally {
                // Calls may have come in, however that ended.
                run.gatesOpened = true;
                run.served = true;
            }
        });
        run.operation.callersWait(false);
    }

    private static Collection<String> applications(List<Instruction.Suspend.Suspended> targets) {
        return targets.stream()
                .map(Instruction.Suspend.Suspended::application)
                .distinct()
                .toList();
    }

    // A component that is no CodeChange has nothing to suspend but its gate.
    private Prepared<Suspended> suspending(Instruction.Suspend instruction) {
        Map<Part, Suspended> parts = new LinkedHashMap<>();
        List<Task> tasks = new ArrayList<>();
        for (Instruction.Suspend.Suspended target : instruction.targets()) {
            target.component()
                    .map(name -> new Part(target.application(), name))
                    .filter(part -> !run.skipped.containsKey(part))
                    .filter(part -> old(part).isPresent())
                    .ifPresent(part -> {
                        String where = run.where(part);
                        Suspended suspended = new Suspended(new Instance(where, () -> old(part)), run.limit(part));
                        parts.put(part, suspended);
                        tasks.add(new Task(
                                where, suspended.limit(), suspended::suspend, late(part, target, suspended.limit())));
                    });
        }
        return new Prepared<>(parts, Batch.told("suspend-failed", tasks, "suspend", run.operation));
    }

    private Optional<CodeChange<?>> old(Part part) {
        return run.component(run.before(part.application()), part);
    }

    private Optional<Runnable> late(Part part, Instruction.Suspend.Suspended target, Duration limit) {
        return target.onTimeout() == OnTimeout.SKIP
                ? Optional.of(() -> closing.skip(part, "did not suspend within " + limit.toMillis() + " ms"))
                : Optional.empty();
    }

    /** Opens the gates and counts who waited. */
    private void open() {
        Waits waits = run.ports.switchboard().resume();
        run.operation.add(Figure.WAITED, waits.calls());
        run.operation.add(Figure.GATE_FAILURES, waits.failed());
        run.operation.max(Figure.LONGEST_WAIT_US, waits.longestNanos() / 1000);
        run.operation.add(Figure.SUSPENDED_US, waits.closedNanos() / 1000);
        run.operation.callersWait(false);
    }

    /** The old components go on, with the state they have or were handed back. */
    private void wake() throws FailedException {
        List<Task> tasks = run.suspended.entrySet().stream()
                .map(e -> new Task(run.where(e.getKey()), e.getValue().limit(), e.getValue()::resume))
                .toList();
        run.suspended = Map.of();
        Preparation.failOn(workers.run(Batch.told("resume-failed", tasks, "resume", run.operation), run.turn));
    }

    private void suspendSuccessors(Instruction.Resume instruction) throws FailedException {
        boolean opened = run.gatesOpened;
        if (opened) {
            // Their state goes back all the same: what is lost is only what those calls still do.
            closing.closeAgain().ifPresent(run.operation::problem);
        }
        handovers.takeBack(opened);
        run.gatesOpened = false;
        if (opened) {
            sharing.takeBack(applications(instruction.targets()));
        }
    }
}
