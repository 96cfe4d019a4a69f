// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.store.ReleaseStore;
import io.theseus.port.CodeServer.Start;
import io.theseus.port.Switchboard.Incoming;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.Report.Figure;
import io.theseus.release.StartType;
import io.theseus.release.Status.BusyCall;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.LoadObjectCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Everything before the point of no return: the code of the other generation, installed, resolved, started and warm, with
 * nobody calling it. Thread safety: used by the handler thread.
 */
final class Preparation {
    private final Run run;
    private final ObjectCode code;
    private final Bringing bringing;
    private final List<LoadObjectCode> loads = new ArrayList<>();

    Preparation(Run run, ReleaseStore store) {
        this.run = run;
        this.code = new ObjectCode(run, store);
        this.bringing = new Bringing(run, store);
    }

    void loadObjectCode(LoadObjectCode load) throws Exception {
        loads.add(load);
        BundleSpec bundle = run.course
                .to()
                .bundle(load.application())
                .orElseThrow(() -> new FailedException(Problem.of(
                        "failed",
                        load.application(),
                        "is loaded and is not in " + run.course.to().id())));
        code.install(bundle, run.text(load));
    }

    void prepare() throws Exception {
        List<Long> resolvable = loads.stream()
                .filter(l -> l.type() != StartType.NONE)
                .map(l -> run.after.get(l.application()))
                .filter(run.installed::contains)
                .toList();
        if (!run.warm()) {
            run.ports.code().separate(run.retired(), run.incoming());
        }
        if (!resolvable.isEmpty()) {
            run.operation.step("prepare", "resolve", () -> run.ports.code().resolve(resolvable));
        }
        if (!run.warm()) {
            new Sharing(run).shareAll();
            bringing.bring();
            open();
        }
        List<LoadObjectCode> started = loads.stream().filter(this::starts).toList();
        start(started);
        if (!loads.isEmpty()) {
            run.operation.step("prepare", "warm", () -> {
                loadClasses();
                failOn(run.ports.switchboard().warm());
            });
        }
        run.operation.step("prepare", "compare", () -> failOn(new Fitness(run).problems()));
        if (!loads.isEmpty() && !run.warm()) {
            // Taken back first of all that is prepared here: after a switch back, before the new bundles stop.
            run.undo.push("let calls in new code end", this::letCallsEnd);
        }
    }

    private void start(List<LoadObjectCode> started) throws Exception {
        for (LoadObjectCode load : started) {
            long bundle = run.after.getOrDefault(load.application(), -1L);
            run.undo.push(
                    "stop " + load.application() + " " + load.version(),
                    () -> run.ports.code().stop(bundle));
            attempt(load, "start", id -> {
                run.ports.code().start(id, Start.TRANSIENT);
                return List.of();
            });
        }
        // Only now: a component may want a service of a bundle that is started after its own.
        for (LoadObjectCode load : started) {
            attempt(load, "look at", run.ports.code()::inactiveComponents);
        }
    }

    /**
     * What the old version has loaded and no activation in the new one has needed so far: otherwise a caller would wait for it after the switch, or at
     * the gate of an application that restarts.
     */
    private void loadClasses() throws Exception {
        for (LoadObjectCode load : loads) {
            long next = run.after.getOrDefault(load.application(), -1L);
            Optional<Long> old = run.before(load.application()).filter(id -> id != next);
            if (old.isPresent()) {
                // A weaver of classes calls what comes, not what serves.
                run.ports.switchboard().inOther(() -> run.ports.code().load(next, old.get()));
            }
        }
    }

    private void letCallsEnd() {
        List<BusyCall> left = run.ports.switchboard().awaitIdle(run.drain());
        if (!left.isEmpty()) {
            run.operation.figure(Figure.INTERRUPTED, left.size());
            run.operation.problem(Problem.of(
                            "cut-off",
                            run.course.to().id().toString(),
                            left.size() + " calls still ran in it after "
                                    + run.drain().toMillis() + " ms, when it was taken back: "
                                    + Closing.calls(left))
                    .withHint("what they call next fails with GenerationPurgedException"));
        }
    }

    private void open() throws Exception {
        Map<Long, Set<String>> handovers = new HashMap<>();
        run.course
                .script()
                .instructions(Instruction.CodeChange.class)
                .flatMap(c -> c.handovers().stream())
                .forEach(h -> run.after(h.application())
                        .ifPresent(id -> handovers
                                .computeIfAbsent(id, any -> new HashSet<>())
                                .add(h.component())));
        Incoming incoming = new Incoming(run.pairs(), run.added(), run.removed(), handovers);
        if (loads.isEmpty() && incoming.removed().isEmpty()) {
            // A script in place. What brings libraries only has a switch, so it has a generation.
            return;
        }
        run.operation.step("prepare", "open generation", () -> {
            run.undo.push("drop generation", () -> run.ports.switchboard().drop());
            run.ports.switchboard().open(incoming);
        });
    }

    private boolean starts(LoadObjectCode load) {
        return load.mode() == LoadObjectCode.Mode.SIDE_BY_SIDE
                && load.type().starts()
                && !run.after(load.application()).filter(run::ran).isPresent();
    }

    private void attempt(LoadObjectCode load, String verb, LongFunction<List<Problem>> what) throws Exception {
        long id = run.after.getOrDefault(load.application(), -1L);
        String bundle = load.application() + " " + load.version();
        try {
            // Asking whether they are active activates some: they too call what comes, not what serves.
            run.operation.step(
                    "prepare",
                    verb + " " + bundle,
                    () -> failOn(run.ports.switchboard().inOther(() -> what.apply(id))));
        } catch (Exception | Error e) {
            if (load.type() != StartType.OPTIONAL || e instanceof InterruptedException) {
                throw e;
            }
            run.operation.problems(Problems.of(e, load.application()));
        }
    }

    static void failOn(List<Problem> problems) throws FailedException {
        if (!problems.isEmpty()) {
            throw new FailedException(problems);
        }
    }
}
