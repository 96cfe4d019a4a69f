// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.handler.internal.eval.Problems;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.Report;

/** {@code remove}. Thread safety: used by the handler thread. */
final class Removing {
    private final Container container;

    Removing(Container container) {
        this.container = container;
    }

    void remove(ReleaseId id, Asker who) {
        ReleaseInfo info = container.releases().get(id);
        Transitions.next(info, Transitions.Action.REMOVE);
        ReleaseId current = container.releases().current().release().id();
        Operation operation = container.begin("remove", current, id, who, Progress.SILENT);
        try {
            operation.step(
                    "purge",
                    "forget " + id,
                    () -> container.save(container.releases().removed(id)));
            container.store.sweep(container.releases());
            operation.end(Report.Outcome.DONE);
        } catch (Exception e) {
            operation.problems(Problems.of(e, id.toString()));
            operation.end(Report.Outcome.REFUSED);
            throw new RefusedException(operation.problems());
        } finally {
            container.ended();
        }
    }
}
