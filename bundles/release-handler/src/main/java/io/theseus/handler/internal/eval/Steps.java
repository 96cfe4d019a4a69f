// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.Deciding;
import io.theseus.port.Configurations.Others;
import io.theseus.port.Switchboard.Switched;
import io.theseus.release.Problem;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report.Figure;
import io.theseus.release.StartType;
import io.theseus.relup.ConfigMode;
import io.theseus.relup.Instruction;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What each instruction after the point of no return does. Thread safety: as {@link Run}. */
final class Steps implements Instruction.Visitor<Action> {
    private final Run run;
    private final Deciding deciding;
    private final Workers workers;
    private final Suspension suspension;
    private final Sharing sharing;
    private final Handovers handovers;

    /** @param wider applications to suspend beside those the script names, because they vetoed before */
    Steps(Run run, Deciding deciding, Workers workers, Set<String> wider) {
        this.run = run;
        this.deciding = deciding;
        this.workers = workers;
        this.sharing = new Sharing(run);
        this.handovers = new Handovers(run, workers);
        this.suspension = new Suspension(run, workers, handovers, new Closing(run, deciding, gates(wider)));
    }

    /** Makes what these ask of components, as far as that can be known before callers wait. */
    void prepare() throws FailedException {
        suspension.prepare();
        handovers.prepare();
    }

    @Override
    public Action suspend(Instruction.Suspend instruction) {
        return () -> suspension.suspend(instruction, run.text(instruction));
    }

    @Override
    public Action resume(Instruction.Resume instruction) {
        return () -> suspension.resume(instruction, run.text(instruction));
    }

    @Override
    public Action codeChange(Instruction.CodeChange instruction) {
        return () -> handovers.handOver(instruction, run.text(instruction));
    }

    @Override
    public Action stop(Instruction.Stop instruction) {
        return () -> run.operation.step("suspend", run.text(instruction), () -> {
            for (String application : instruction.applications()) {
                long id = run.before(application).orElse(-1L);
                if (id >= 0) {
                    boolean ran = run.ran(id);
                    run.undo.push((ran ? "start " : "take back ") + application, () -> {
                        sharing.takeBack(List.of(application));
                        if (ran) {
                            run.start(id);
                        }
                    });
                    run.stop(id);
                    if (ran) {
                        run.stopped.add(id);
                    }
                    sharing.again(List.of(application));
                }
            }
        });
    }

    @Override
    public Action load(Instruction.Load instruction) {
        return () -> switchOver(run.text(instruction));
    }

    /** What goes is gone with the switch, which is this one only if nothing is loaded. */
    @Override
    public Action remove(Instruction.Remove instruction) {
        boolean loads = run.course
                .script()
                .instructions(Instruction.Load.class)
                .findAny()
                .isPresent();
        String text = run.text(instruction);
        return loads ? () -> run.operation.step("switch", text, () -> {}) : () -> switchOver(text);
    }

    /** All of them before one is looked at: a component may want a service of what is started after it. */
    @Override
    public Action start(Instruction.Start instruction) {
        return () -> {
            List<Instruction.Start.Started> targets = instruction.targets().stream()
                    .filter(target -> target.type().starts())
                    .toList();
            for (Instruction.Start.Started target : targets) {
                attempt(target, "start", id -> {
                    run.undo.push("stop " + target.application(), () -> run.stop(id));
                    sharing.bringBack(List.of(target.application()));
                    run.start(id);
                });
            }
            for (Instruction.Start.Started target : targets) {
                attempt(
                        target,
                        "look at",
                        id -> Preparation.failOn(run.ports.code().inactiveComponents(id)));
            }
        };
    }

    @Override
    public Action apply(Instruction.Apply instruction) {
        return () -> Actions.apply(run, workers, instruction, run.text(instruction));
    }

    @Override
    public Action purge(Instruction.Purge instruction) {
        return () -> run.operation.progress("done", "kept until make-permanent: " + run.text(instruction));
    }

    @Override
    public Action setConfig(Instruction.SetConfig instruction) {
        // A rollback gives back what the install changed, when it has ended.
        return run.warm()
                ? () -> {}
                : () -> run.operation.step("done", run.text(instruction), () -> {
                    int changes = run.ports.configurations().changes();
                    run.undo.push(
                            "give configuration " + instruction.pid() + " back",
                            () -> run.ports.configurations().giveBack(changes));
                    run.ports
                            .configurations()
                            .change(
                                    owner(),
                                    instruction.pid(),
                                    instruction.properties(),
                                    instruction.mode() == ConfigMode.MERGE ? Others.STAY : Others.GO);
                });
    }

    /** In place no release has the change: a restart in the middle gives it back, whatever is permanent. */
    private String owner() {
        ReleaseId to = run.course.to().id();
        return run.course.from().id().equals(to) ? "eval" : to.toString();
    }

    @Override
    public Action syncNodes(Instruction.SyncNodes instruction) {
        return () -> Actions.meet(run, instruction, run.text(instruction));
    }

    @Override
    public Action restartNewContainer(Instruction.RestartNewContainer instruction) {
        return () -> leave(run.text(instruction));
    }

    @Override
    public Action restartContainer(Instruction.RestartContainer instruction) {
        return () -> leave(run.text(instruction));
    }

    /** The restart itself is the handler's, when it is recorded. */
    private void leave(String text) throws Exception {
        Leaving leaving = new Leaving(run);
        leaving.tellWhatIsLost();
        suspension.closeAll(text);
        if (new Restarts(run.course.script()).cold()) {
            leaving.stop();
        }
    }

    @Override
    public Action loadObjectCode(Instruction.LoadObjectCode instruction) {
        throw new IllegalStateException("load_object_code after the point of no return");
    }

    @Override
    public Action pointOfNoReturn(Instruction.PointOfNoReturn instruction) {
        throw new IllegalStateException("a second point of no return");
    }

    private void switchOver(String text) throws Exception {
        handovers.wakeForgotten();
        handovers.startSkipped();
        Switched switched = run.operation.obtain("switch", text, () -> {
            try {
                Switched result = run.ports.switchboard().switchOver();
                if (result.vetoedBy().isEmpty()) {
                    switched();
                }
                return result;
            } catch (RuntimeException | Error e) {
                // A switch that was made is one to take back, however the call ended.
                if (successorsServe()) {
                    switched();
                }
                throw e;
            }
        });
        if (switched.vetoedBy().isPresent()) {
            throw new VetoedException(switched.vetoedBy().get());
        }
        run.operation.figure(Figure.SWITCH_US, Math.max(1, switched.nanos() / 1000));
    }

    private void switched() {
        run.switched = true;
        run.undo.push("switch back", this::switchBack);
    }

    private interface OnBundle {
        void run(long id) throws Exception;
    }

    private void attempt(Instruction.Start.Started target, String verb, OnBundle what) throws Exception {
        long id = run.after(target.application()).orElse(-1L);
        try {
            run.operation.step("switch", verb + " " + target.application(), () -> what.run(id));
        } catch (Exception | Error e) {
            if (target.type() != StartType.OPTIONAL || e instanceof InterruptedException) {
                throw e;
            }
            run.operation.problems(Problems.of(e, target.application()));
        }
    }

    private boolean successorsServe() {
        Collection<Long> successors = run.pairs().values();
        return run.ports.switchboard().applications().values().stream()
                .anyMatch(line -> successors.contains(line.bundle()));
    }

    private void switchBack() throws FailedException {
        Switched switched = run.ports.switchboard().switchOver();
        for (int i = 0; i < 3 && switched.vetoedBy().isPresent(); i++) {
            run.ports
                    .switchboard()
                    .suspend(
                            gates(Set.of(switched.vetoedBy().get())),
                            run.drain(),
                            run.course.options().gateTimeout());
            switched = run.ports.switchboard().switchOver();
        }
        if (switched.vetoedBy().isPresent()) {
            throw new FailedException(List.of(Problem.of(
                    "not-quiet", switched.vetoedBy().get(), "keeps calling an application that is suspended")));
        }
    }

    private Set<String> gates(Set<String> applications) {
        return applications.isEmpty() ? Set.of() : deciding.callers(run.course.snapshot(), applications);
    }
}
