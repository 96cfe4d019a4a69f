// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Course;
import io.theseus.handler.internal.eval.Evaluator;
import io.theseus.handler.internal.eval.Kept;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.handler.internal.eval.Part;
import io.theseus.handler.internal.eval.Problems;
import io.theseus.handler.internal.store.Releases;
import io.theseus.port.Requirements.Around;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Figure;
import io.theseus.relup.Instruction;
import io.theseus.relup.Script;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code rollback}: the same switch backwards, to code that is still warm; then the newer code goes. Thread safety: used by
 * the handler thread.
 */
final class RollingBack {
    private final Container container;
    private final Plans plans;

    RollingBack(Container container, Plans plans) {
        this.container = container;
        this.plans = plans;
    }

    /** @param reason why; empty when the operator asked */
    Report rollback(boolean loseState, Optional<Problem> reason, Asker who, Progress progress) {
        Kept kept = container.kept().orElseThrow(() -> notCurrent());
        if (kept.cold()) {
            return new GoingBack(container).rollback(kept, loseState, reason, who, progress);
        }
        Release from = kept.to();
        Release to = kept.from();
        // Of an adoption too: by their versions alone nothing would be different.
        Set<String> again = again(kept);
        Plans.Made made = plans.again(again).rollback(from, to);
        refuseWithoutOldCode(kept, made.snapshot());
        Script script = made.script();
        if (!loseState) {
            refuseLoss(kept, script);
        }
        Releases before = container.releases();
        Course course = new Course(
                from,
                to,
                script,
                made.snapshot(),
                plans.again(again).back(from, to, made.snapshot()),
                InstallOptions.DEFAULT,
                Optional.of(kept),
                () -> container.save(
                        container.releases().with(from, ReleaseStatus.UNPACKED, container.clock.instant())),
                () -> container.restore(before));
        Operation operation = container.begin("rollback", from.id(), to.id(), who, progress);
        try {
            reason.ifPresent(operation::problem);
            if (again.isEmpty()) {
                container.peace.end();
            } else {
                container.peace.hide(kept.installed(), Around.NOBODY);
            }
            Evaluator.Result result = install(course, kept, operation);
            if (result.outcome() == Report.Outcome.DONE) {
                container.keep(Optional.empty());
                MakingPermanent.startWithContainer(to, kept.retired()::contains, container.ports, operation);
                discard(kept, operation);
                container.peace.end();
                if (!again.isEmpty()) {
                    attempt(
                            operation,
                            "hand out as before",
                            () -> container.ports.switchboard().unfront(again));
                }
            }
            return container.end(operation, result.outcome());
        } catch (RefusedException e) {
            operation.end(Report.Outcome.REFUSED);
            throw e;
        } finally {
            container.ended();
        }
    }

    private Evaluator.Result install(Course course, Kept kept, Operation operation) {
        boolean done = false;
        try {
            Evaluator.Result result = container.evaluator.install(course, operation);
            done = result.outcome() == Report.Outcome.DONE;
            return result;
        } finally {
            if (!done) {
                container.peace.begin(kept);
            }
        }
    }

    /** What is there a second time in its version. */
    private Set<String> again(Kept kept) {
        return container.ports.code().snapshot().bundles().stream()
                .filter(bundle -> kept.pairs().containsValue(bundle.id()))
                .filter(bundle -> kept.from()
                        .bundle(bundle.symbolicName())
                        .filter(old -> old.version().equals(bundle.version()))
                        .isPresent())
                .map(Installed::symbolicName)
                .collect(Collectors.toSet());
    }

    /** The newer code: nobody calls it any more. Every step is tried, whatever becomes of the others. */
    private void discard(Kept kept, Operation operation) {
        Ports ports = container.ports;
        attempt(
                operation,
                "wait until " + kept.to().id() + " is idle",
                () -> ports.switchboard().awaitIdle(InstallOptions.DEFAULT.drainTimeout()));
        attempt(
                operation,
                "drop generation",
                () -> operation.figure(Figure.INTERRUPTED, ports.switchboard().drop()));
        // Before its configurations go: a component that lives would be made anew, and go to work.
        for (long bundle : kept.installed()) {
            attempt(operation, "stop bundle " + bundle, () -> ports.code().stop(bundle));
        }
        kept.pairs()
                .forEach((old, next) -> attempt(
                        operation,
                        "give belongings back to bundle " + old,
                        () -> ports.belongings().giveBack(old, next, true)));
        attempt(
                operation,
                "give configurations back",
                () -> ports.configurations().giveBack(0));
        for (long bundle : kept.installed()) {
            attempt(operation, "uninstall bundle " + bundle, () -> ports.code().uninstall(bundle));
        }
    }

    static void attempt(Operation operation, String text, io.theseus.handler.internal.eval.Action action) {
        try {
            operation.attempt("purge", text, action);
        } catch (Exception | Error e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            operation.problems(Problems.of(e, text));
        }
    }

    /** Of two bundles of the same version Karaf's next operation takes one away. */
    private static void refuseWithoutOldCode(Kept kept, Snapshot snapshot) {
        List<Problem> problems = snapshot.bundles().stream()
                .filter(bundle -> kept.installed().contains(bundle.id()))
                .filter(bundle -> kept.from()
                        .bundle(bundle.symbolicName())
                        .filter(old -> old.version().equals(bundle.version()))
                        .isPresent())
                .filter(bundle ->
                        snapshot.all(bundle.symbolicName(), bundle.version()).count() < 2)
                .map(bundle -> Problem.of(
                                "old-code-gone",
                                bundle.toString(),
                                "is there only once now: that of " + kept.from().id() + " was uninstalled meanwhile,"
                                        + " as a feature operation of Karaf does")
                        .withHint("make " + kept.to().id() + " permanent, or restart the container, which leads to "
                                + kept.from().id()))
                .toList();
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
    }

    private static void refuseLoss(Kept kept, Script script) {
        Set<Part> lost = new HashSet<>(kept.handed());
        script.instructions(Instruction.CodeChange.class)
                .flatMap(change -> change.handovers().stream())
                .map(h -> new Part(h.application(), h.component()))
                .filter(part -> !kept.skipped().contains(part))
                .forEach(lost::remove);
        if (!lost.isEmpty()) {
            List<Problem> problems = lost.stream()
                    .sorted(java.util.Comparator.comparing(Part::toString))
                    .map(part -> Problem.of(
                                    "would-lose-state",
                                    part.toString(),
                                    (kept.skipped().contains(part)
                                                    ? "was skipped by the install and goes on with the state it kept"
                                                    : "has no way back in its appup")
                                            + ": what changed since the install would be lost")
                            .withHint("--lose-state goes back all the same"))
                    .collect(Collectors.toList());
            throw new RefusedException(problems);
        }
    }

    private RefusedException notCurrent() {
        return new RefusedException(Problem.of(
                        "not-current",
                        "",
                        "the permanent release "
                                + container.releases().permanent().release().id() + " runs alone")
                .withHint("there is nothing to roll back; an older release is installed with release:install"));
    }
}
