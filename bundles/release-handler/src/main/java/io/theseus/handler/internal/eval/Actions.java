// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.api.Change;
import io.theseus.api.Direction;
import io.theseus.api.UpgradeAction;
import io.theseus.handler.internal.eval.Batch.Task;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.relup.Instruction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/** The instructions that may stand before the point of no return too: {@code apply} and {@code sync_nodes}. */
final class Actions {
    private Actions() {}

    static Problem missing(Instruction.Apply apply) {
        return Problem.of("no-such-action", apply.application(), "has no action '" + apply.action() + "'")
                .withHint("register an UpgradeAction with the property " + UpgradeAction.NAME + "=" + apply.action());
    }

    /** What changes, as an application is told. */
    static Change change(Run run, String application, Direction direction, Map<String, Object> extra) {
        Optional<Version> from = run.course.from().bundle(application).map(BundleSpec::version);
        Optional<Version> to = run.course.to().bundle(application).map(BundleSpec::version);
        return new Change(
                direction,
                from.or(() -> to).orElse(Version.emptyVersion),
                to.or(() -> from).orElse(Version.emptyVersion),
                extra);
    }

    static void early(Run run, Workers workers, Instruction instruction) throws Exception {
        if (instruction instanceof Instruction.Apply apply) {
            apply(run, workers, apply, run.text(apply));
        } else if (instruction instanceof Instruction.SyncNodes nodes) {
            meet(run, nodes, run.text(nodes));
        }
    }

    static void meet(Run run, Instruction.SyncNodes sync, String text) throws Exception {
        run.operation.step("sync", text, () -> run.ports.nodes().meet(sync.id(), sync.nodes()));
    }

    static void apply(Run run, Workers workers, Instruction.Apply apply, String text) throws Exception {
        Optional<Long> bundle =
                apply.direction() == Direction.UP ? run.after(apply.application()) : run.before(apply.application());
        UpgradeAction action = bundle.flatMap(id -> run.ports.components().action(id, apply.action()))
                .orElseThrow(() -> new FailedException(missing(apply)));
        Change change = change(run, apply.application(), apply.direction(), Map.of());
        run.operation.step("apply", text, () -> {
            Performed performed = new Performed();
            List<Problem> problems = workers.run(
                    "apply-failed",
                    List.of(new Task(
                            text,
                            apply.timeout().orElse(Instruction.Apply.LONGEST),
                            () -> performed.with(action.perform(change, apply.args())))));
            performed.expected().ifPresent(undo -> run.undo.push("apply " + apply.action(), undo::undo));
            Preparation.failOn(problems);
        });
    }

    /** What an action has answered. One that ends after its time was over is taken back then: nobody waits for its answer. */
    private static final class Performed {
        private Optional<UpgradeAction.Undo> undo = Optional.empty();
        private boolean late;

        void with(UpgradeAction.Undo answer) throws Exception {
            if (!kept(answer)) {
                answer.undo();
            }
        }

        private synchronized boolean kept(UpgradeAction.Undo answer) {
            undo = Optional.of(answer);
            return !late;
        }

        synchronized Optional<UpgradeAction.Undo> expected() {
            late = true;
            return undo;
        }
    }
}
