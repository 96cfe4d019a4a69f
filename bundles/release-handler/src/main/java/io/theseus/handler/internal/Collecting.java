// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import io.theseus.release.Report.Figure;
import java.time.Duration;
import java.util.List;

/** {@code collect}: whether old code is gone from memory. Thread safety: used by the handler thread. */
final class Collecting {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Container container;

    Collecting(Container container) {
        this.container = container;
    }

    Report collect(Asker who, Progress progress) {
        ReleaseId current = container.releases().current().release().id();
        Operation operation = container.begin("collect", current, current, who, progress);
        try {
            RollingBack.attempt(operation, "collect", () -> {
                List<String> leaked = container.ports.code().reclaim(LIMIT);
                operation.figure(Figure.LEAKED_LOADERS, leaked.size());
                leaked.forEach(bundle -> operation.problem(
                        Problem.of("leaked", bundle, "is uninstalled and something still refers to its classes")));
            });
            return operation.end(Report.Outcome.DONE);
        } finally {
            container.ended();
        }
    }
}
