// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.Deciding;
import io.theseus.handler.internal.Ports;
import io.theseus.port.CodeServer.Start;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
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

    /** Starts a bundle for this run of the container, and no longer than that takes. */
    public void start(String bundle, long id, Duration limit) throws Exception {
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
                        workers.run("does-not-start", List.of(new Workers.Task(bundle, limit, action)))));
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
