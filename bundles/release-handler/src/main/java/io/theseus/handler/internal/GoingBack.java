// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Kept;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.port.Switchboard;
import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Figure;
import io.theseus.release.Status.BusyCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code rollback} from a release into which the container restarted: the old code does not run, so the container restarts once more. Thread safety:
 * used by the handler thread.
 */
final class GoingBack {
    private final Container container;

    GoingBack(Container container) {
        this.container = container;
    }

    /** @param reason why; empty when the operator asked */
    Report rollback(Kept kept, boolean loseState, Optional<Problem> reason, Asker who, Progress progress) {
        List<Problem> problems = new ArrayList<>(container.ports.restart().problems());
        if (!loseState) {
            kept.handed().stream()
                    .map(Object::toString)
                    .sorted()
                    .map(part -> Problem.of(
                                    "would-lose-state", part, "holds its state in memory, which ends with a restart")
                            .withHint("--lose-state goes back all the same"))
                    .forEach(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        Operation operation =
                container.begin("rollback", kept.to().id(), kept.from().id(), who, progress);
        try {
            reason.ifPresent(operation::problem);
            RollingBack.attempt(operation, "close all gates", () -> drain(operation));
            bringBelongingsBack(kept, operation);
            RollingBack.attempt(
                    operation,
                    "record",
                    () -> container.save(
                            container.releases().with(kept.to(), ReleaseStatus.UNPACKED, container.clock.instant())));
            container.keep(Optional.empty());
            container.peace.end();
            Report report = operation.end(Report.Outcome.RESTARTING);
            container.restart(kept.from().id());
            return report;
        } finally {
            container.ended();
        }
    }

    private void drain(Operation operation) {
        Switchboard switchboard = container.ports.switchboard();
        InstallOptions options = InstallOptions.DEFAULT;
        List<BusyCall> left =
                switchboard.suspend(switchboard.applications().keySet(), options.drainTimeout(), options.gateTimeout());
        operation.figure(Figure.INTERRUPTED, left.size());
        left.forEach(call -> operation.problem(
                Problem.of("interrupted-call", call.application(), call.thread() + " ends with this JVM")));
    }

    /** What the newer code wrote while it ran; everything else that is shared is given back by the next start. */
    private void bringBelongingsBack(Kept kept, Operation operation) {
        for (long bundle : kept.installed()) {
            RollingBack.attempt(
                    operation,
                    "stop bundle " + bundle,
                    () -> container.ports.code().stop(bundle));
        }
        kept.pairs()
                .forEach((old, next) -> RollingBack.attempt(
                        operation,
                        "give belongings back to bundle " + old,
                        () -> container.ports.belongings().giveBack(old, next, true)));
    }
}
