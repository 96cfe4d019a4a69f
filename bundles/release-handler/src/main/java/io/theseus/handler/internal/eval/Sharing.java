// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Belongings of applications whose bundle changes. On the way to a release they are shared, on the way back to a warm one
 * brought back. Thread safety: as {@link Run}.
 */
final class Sharing {
    private final Run run;

    Sharing(Run run) {
        this.run = run;
    }

    void shareAll() throws Exception {
        for (Map.Entry<Long, Long> pair : run.pairs().entrySet()) {
            long from = pair.getKey();
            long to = pair.getValue();
            run.operation.step("prepare", "share belongings of bundle " + from + " with bundle " + to, () -> {
                run.undo.push(
                        "give belongings back to bundle " + from,
                        () -> run.ports.belongings().giveBack(from, to, false));
                run.ports.belongings().share(from, to);
            });
        }
    }

    /** Brings what was written since the first time, now that the application is quiet. */
    void again(Collection<String> applications) {
        if (!run.warm()) {
            each(applications, (from, to) -> run.ports.belongings().share(from, to));
        }
    }

    /**
     * Before the warm bundle goes on: it has what its successor wrote. They stay shared until the rollback is done; a configuration that
     * went now would take the successor's components along, and their state.
     */
    void bringBack(Collection<String> applications) {
        if (run.warm()) {
            each(applications, (successor, warm) -> run.ports.belongings().bringBack(warm, successor));
        }
    }

    /** Before a bundle goes on that was to be replaced: it has what was written since calls reached the other one. */
    void takeBack(Collection<String> applications) {
        each(applications, (before, after) -> {
            if (run.served && run.warm()) {
                run.ports.belongings().share(after, before);
            } else if (run.served) {
                run.ports.belongings().bringBack(before, after);
            }
        });
    }

    private void each(Collection<String> applications, BiConsumer<Long, Long> what) {
        Map<Long, Long> pairs = run.pairs();
        for (String application : applications) {
            Long before = run.before.get(application);
            Long after = before == null ? null : pairs.get(before);
            if (before != null && after != null) {
                what.accept(before, after);
            }
        }
    }
}
