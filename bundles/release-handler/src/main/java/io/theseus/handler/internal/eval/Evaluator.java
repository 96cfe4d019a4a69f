// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.Deciding;
import io.theseus.handler.internal.Peace;
import io.theseus.handler.internal.Ports;
import io.theseus.handler.internal.store.ReleaseStore;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Report.Outcome;
import io.theseus.relup.Instruction;
import io.theseus.relup.PurgeMethod;
import io.theseus.relup.Script;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a script: a fold over its instructions. Each has an inverse, and when one fails the inverses run, last first, so that
 * the old generation serves with the state it had.
 *
 * <pre>
 *   load_object_code ... prepare | point_of_no_return | suspend stop load start code_change resume apply
 *   fails: refused, undone                              fails: undone; vetoed: back before suspend, again with more gates
 * </pre>
 *
 * <p>An Error is a failure as any other: code that does not link throws one, and what was done must be taken back all the more.
 *
 * <p>Thread safety: used by the handler thread.
 */
public final class Evaluator {
    private static final Logger LOG = LoggerFactory.getLogger(Evaluator.class);
    private static final int VETOES = 3;
    private final Ports ports;
    private final Deciding deciding;
    private final ReleaseStore store;
    private final Workers workers;
    private final Rehearsed rehearsed = new Rehearsed();

    public Evaluator(Ports ports, Deciding deciding, ReleaseStore store, Workers workers) {
        this.ports = ports;
        this.deciding = deciding;
        this.store = store;
        this.workers = workers;
    }

    /**
     * How a run ended.
     *
     * @param kept what is warm now; meaningful for DONE only
     */
    public record Result(Outcome outcome, Kept kept) {}

    /**
     * Does everything before the point of no return, and takes it back.
     *
     * @return BROKEN when something could not be taken back
     * @throws RefusedException with what failed
     */
    public Outcome check(Course course, Operation operation) {
        Run run = new Run(ports, course, operation, deciding);
        boolean prepared = prepare(run, List.of());
        operation.problems(run.undo.undoTo(0));
        return prepared && run.undo.clean() ? Outcome.DONE : Outcome.BROKEN;
    }

    /**
     * Runs the script.
     *
     * @throws RefusedException when something before the point of no return failed: it is taken back
     */
    public Result install(Course course, Operation operation) {
        Run run = new Run(ports, course, operation, deciding);
        Restarts restarts = new Restarts(course.script());
        if (!prepare(run, restarts.cold() ? restarts.early() : course.script().instructionsBefore(Instruction.class))) {
            return new Result(Outcome.BROKEN, kept(run));
        }
        if (!done(run)) {
            operation.callersWait(false);
            return new Result(run.undo.clean() ? Outcome.UNDONE : Outcome.BROKEN, kept(run));
        }
        operation.problems(List.copyOf(run.skipped.values()));
        return new Result(restarts.any() ? Outcome.RESTARTING : Outcome.DONE, kept(run));
    }

    /**
     * @param early what stands before the point of no return; a check runs no action of it
     * @return false when it failed and could not be taken back
     * @throws RefusedException when it failed and was taken back
     */
    private boolean prepare(Run run, List<Instruction> early) {
        Restarts restarts = new Restarts(run.course.script());
        try {
            if (restarts.any()) {
                new Leaving(run).check();
            }
            if (restarts.cold()) {
                new Leaving(run).prepare(store, deciding);
            } else {
                prepareHot(run);
            }
            for (Instruction instruction : early) {
                run.inTime();
                Actions.early(run, workers, instruction);
            }
            if (!restarts.cold()) {
                if (!rehearsed.covers(run.course.script())) {
                    run.operation.step("prepare", "rehearse", () -> rehearse(run));
                }
                new Steps(run, deciding, workers, Set.of()).prepare();
            }
            run.inTime();
            run.operation.certain();
            run.operation.step("prepare", "point_of_no_return", () -> {});
        } catch (Exception | Error e) {
            List<Problem> problems = Problems.of(e, "prepare");
            run.operation.problems(problems);
            run.operation.problems(run.undo.undoTo(0));
            if (!run.undo.clean()) {
                return false;
            }
            throw new RefusedException(problems);
        }
        return true;
    }

    private void prepareHot(Run run) throws Exception {
        Preparation preparation = new Preparation(run, store);
        Peace peace = new Peace(ports);
        if (!run.warm()) {
            run.undo.push("let features count what came", peace::end);
        }
        for (Script.Step step : run.course.script().beforePointOfNoReturn()) {
            if (step.instruction() instanceof Instruction.LoadObjectCode load) {
                run.inTime();
                preparation.loadObjectCode(load);
            }
        }
        if (!run.warm()) {
            peace.hide(run.twice() ? run.incoming() : Set.of(), run.stopped);
        }
        preparation.prepare();
    }

    // It is for speed only: what really happens is told when it does.
    private void rehearse(Run run) throws InterruptedException {
        try {
            rehearsed.add(run.course.script());
            new Rehearsal(deciding, workers).of(run);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.debug("the rehearsal of {} ended early", run.course.to().id(), e);
        }
    }

    /** @return false when it failed; it is taken back then */
    private boolean done(Run run) {
        try {
            return workers.watched(turn -> {
                run.turn = Optional.of(turn);
                return doneOrUndone(run);
            });
        } catch (FailedException e) {
            left(run, e);
        } catch (Exception | Error e) {
            run.operation.problems(Problems.of(e, run.course.to().id().toString()));
        }
        undo(run);
        return false;
    }

    private boolean doneOrUndone(Run run) {
        try {
            after(run);
            return true;
        } catch (Turn.OverException e) {
            throw e;
        } catch (Exception | Error e) {
            run.operation.problems(Problems.of(e, run.course.to().id().toString()));
            run.operation.problems(run.undo.undoTo(0));
            return false;
        }
    }

    /** A component kept the thread that ran the script: what that has done is taken back on others. */
    private void undo(Run run) {
        while (true) {
            try {
                run.operation.problems(workers.watched(turn -> {
                    run.turn = Optional.of(turn);
                    return run.undo.undoTo(0);
                }));
                return;
            } catch (FailedException e) {
                left(run, e);
            } catch (Exception | Error e) {
                // No thread can be had: this one is left, which nobody watches.
                run.turn = Optional.empty();
                run.operation.problems(run.undo.undoTo(0));
                return;
            }
        }
    }

    private static void left(Run run, FailedException why) {
        run.operation.left(why.problems().get(0));
        run.operation.problems(why.problems());
    }

    private void after(Run run) throws Exception {
        List<Instruction> steps = new Restarts(run.course.script()).steps();
        Set<String> wider = new HashSet<>();
        int suspend = Math.max(0, firstSuspend(steps));
        int depth = -1;
        for (int i = 0; i < steps.size(); i++) {
            depth = i == suspend ? run.undo.depth() : depth;
            try {
                run.inTime();
                steps.get(i).accept(new Steps(run, deciding, workers, wider)).run();
            } catch (VetoedException e) {
                if (wider.size() >= VETOES || !wider.add(e.application())) {
                    throw e;
                }
                run.ready.forget();
                List<Problem> failures = run.undo.undoTo(depth);
                if (!failures.isEmpty()) {
                    throw new FailedException(failures);
                }
                i = suspend - 1;
            }
        }
        run.operation.callersWait(false);
        run.undo.push("record", run.course.restore());
        run.operation.step("done", "record", run.course.commit());
    }

    private static int firstSuspend(List<Instruction> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Instruction.Suspend) {
                return i;
            }
        }
        return -1;
    }

    private static Kept kept(Run run) {
        Set<Part> handed = new HashSet<>();
        run.course
                .script()
                .instructions(Instruction.CodeChange.class)
                .flatMap(c -> c.handovers().stream())
                .forEach(h -> handed.add(new Part(h.application(), h.component())));
        return new Kept(
                run.course.from(),
                run.course.to(),
                run.pairs(),
                run.retired(),
                run.installed,
                run.suspended.keySet(),
                handed,
                run.skipped.keySet(),
                false,
                soft(run.course.script()));
    }

    private static Set<String> soft(Script script) {
        return Stream.concat(
                        script.instructions(Instruction.Load.class).flatMap(load -> load.codes().stream()),
                        script.instructions(Instruction.Remove.class).flatMap(remove -> remove.codes().stream()))
                .filter(code -> code.postPurge() == PurgeMethod.SOFT)
                .map(Instruction.Load.Code::application)
                .collect(Collectors.toSet());
    }
}
