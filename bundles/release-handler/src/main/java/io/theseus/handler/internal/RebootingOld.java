// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.port.Snapshot;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.Report;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code reboot-old}: the way back to an old release when no script leads there. Only the record changes now; {@link Boot} brings
 * the bundles when the container starts again. Thread safety: used by the handler thread.
 */
final class RebootingOld {
    private final Container container;

    RebootingOld(Container container) {
        this.container = container;
    }

    Report rebootOld(ReleaseId id, Asker who, Progress progress) {
        ReleaseInfo info = container.releases().get(id);
        Transitions.next(info, Transitions.Action.REBOOT);
        refuse(info.release());
        container.store.needRoom(1_000_000);
        ReleaseId from = container.releases().permanent().release().id();
        Operation operation = container.begin("reboot-old", from, id, who, progress);
        try {
            new MakingPermanent(container).commit(info.release(), operation);
            Report report = operation.end(Report.Outcome.DONE);
            container.restart(id);
            return report;
        } catch (RefusedException e) {
            operation.problems(e.problems());
            operation.end(Report.Outcome.REFUSED);
            throw e;
        } finally {
            container.ended();
        }
    }

    private void refuse(Release release) {
        List<Problem> problems = new ArrayList<>(container.ports.restart().problems());
        if (container.kept().isPresent()) {
            problems.add(Problem.of(
                            "baking",
                            "",
                            "release "
                                    + container.releases().current().release().id() + " is not permanent yet")
                    .withHint("make it permanent or roll it back first"));
        }
        Snapshot snapshot = container.ports.code().snapshot();
        for (BundleSpec bundle : release.bundles()) {
            boolean there =
                    snapshot.find(bundle.symbolicName(), bundle.version()).isPresent();
            if (!there && !Files.exists(container.store.bundle(bundle.sha256()))) {
                problems.add(Problem.of(
                        "missing-bundle",
                        bundle.toString(),
                        "is neither installed nor in the store, and could not be brought"));
            }
        }
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
    }
}
