// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.Deciding;
import io.theseus.handler.internal.store.ReleaseStore;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.relup.Instruction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a container ready to start in another release: its code is there and resolves, and when nobody is inside any more the applications that
 * change have stopped and their successors have their belongings. Thread safety: used by the handler thread.
 */
final class Leaving {
    private final Run run;

    Leaving(Run run) {
        this.run = run;
    }

    /** What stands in the way of a restart, before anything has changed. */
    void check() throws FailedException {
        Preparation.failOn(run.ports.restart().problems());
    }

    /** Everything of a cold script that can fail early. */
    void prepare(ReleaseStore store, Deciding deciding) throws Exception {
        ObjectCode code = new ObjectCode(run, store);
        Set<Long> resolvable = new HashSet<>();
        for (BundleSpec bundle : run.course.to().bundles()) {
            if (!stays(bundle)) {
                run.inTime();
                code.install(bundle, "install " + bundle);
                long id = run.after(bundle.symbolicName()).orElseThrow();
                if (run.installed.contains(id) && side(bundle, store, deciding)) {
                    resolvable.add(id);
                }
            }
        }
        if (!resolvable.isEmpty()) {
            run.operation.step("prepare", "resolve", () -> run.ports.code().resolve(resolvable));
        }
        new Sharing(run).shareAll();
        new Bringing(run, store).bring();
        run.operation.step("prepare", "compare", () -> Preparation.failOn(unfit()));
    }

    private boolean stays(BundleSpec bundle) {
        Optional<Long> after = run.after(bundle.symbolicName());
        return after.isPresent() && after.equals(run.before(bundle.symbolicName()));
    }

    // What exists once only, or belongs to its host, can not be resolved beside what runs.
    private static boolean side(BundleSpec bundle, ReleaseStore store, Deciding deciding) throws IOException {
        try (InputStream jar = Files.newInputStream(store.bundle(bundle.sha256()))) {
            var facts = deciding.facts(bundle.location(), jar);
            return !facts.fragment() && !facts.singleton();
        }
    }

    private List<Problem> unfit() {
        List<Problem> problems = new ArrayList<>();
        run.course
                .script()
                .instructions(Instruction.SyncNodes.class)
                .forEach(i -> problems.addAll(run.ports.nodes().problems(i.nodes())));
        run.course
                .script()
                .instructions(Instruction.SetConfig.class)
                .forEach(i -> problems.addAll(run.ports.configurations().problems(i.pid(), i.properties())));
        return problems;
    }

    /** Stops what changes, and brings its successors what was written meanwhile. Gates are closed. */
    void stop() throws Exception {
        for (BundleSpec bundle : run.course.from().applications()) {
            long id = run.before(bundle.symbolicName()).orElse(-1L);
            if (run.retired().contains(id)) {
                run.operation.step("suspend", "stop " + bundle, () -> {
                    if (run.ran(id)) {
                        run.undo.push("start " + bundle, () -> run.start(id));
                    }
                    run.stop(id);
                    new Sharing(run).again(List.of(bundle.symbolicName()));
                });
            }
        }
    }

    /** What ends with this JVM. */
    void tellWhatIsLost() {
        for (BundleSpec bundle : run.course.from().applications()) {
            run.before(bundle.symbolicName())
                    .ifPresent(id -> run.ports
                            .components()
                            .stateful(id)
                            .forEach(name -> run.operation.problem(Problem.of(
                                    "state-ends",
                                    new Part(bundle.symbolicName(), name).toString(),
                                    "what it held in memory ends with this JVM"))));
        }
    }
}
