// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.Deciding;
import io.theseus.handler.internal.Ports;
import io.theseus.port.CodeServer.Start;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.StartType;
import io.theseus.relup.Instruction;
import java.time.Duration;
import java.util.List;

/**
 * The end of a script in a container that has restarted into its release: starts the code, then does what is left. Thread safety: used by the
 * handler thread.
 */
public final class Arrival {
    private final Run run;
    private final Workers workers;

    /** @param course what is left of the script */
    public Arrival(Ports ports, Deciding deciding, Course course, Operation operation, Workers workers) {
        this.run = new Run(ports, course, operation, deciding);
        this.workers = workers;
    }

    /** Resolves what is loaded and not started. */
    public void resolve(List<Long> bundles) throws Exception {
        if (!bundles.isEmpty()) {
            run.operation.step("start", "resolve", () -> run.ports.code().resolve(bundles));
        }
    }

    /** Starts a bundle for this run of the container, within a limit. That an optional one does not start is reported. */
    public void start(BundleSpec bundle, long id, Duration limit) throws Exception {
        try {
            start(bundle.toString(), id, limit);
        } catch (Exception | Error e) {
            if (bundle.type() != StartType.OPTIONAL || e instanceof InterruptedException) {
                throw e;
            }
            run.operation.problems(Problems.of(e, bundle.toString()));
        }
    }

    private void start(String bundle, long id, Duration limit) throws Exception {
        Action action = () -> {
            try {
                run.ports.code().start(id, Start.TRANSIENT);
            } catch (RefusedException e) {
                throw new FailedException(e.problems());
            }
        };
        run.operation.step(
                "start",
                "start " + bundle,
                () -> Preparation.failOn(
                        workers.run("does-not-start", List.of(new Batch.Task(bundle, limit, action)))));
    }

    public void rest() throws Exception {
        for (Instruction instruction :
                run.course.script().instructions(Instruction.class).toList()) {
            Actions.early(run, workers, instruction);
        }
    }

    /**
     * Takes back what {@link #rest} has done.
     *
     * @return what failed
     */
    public List<Problem> undo() {
        return run.undo.undoTo(0);
    }
}
