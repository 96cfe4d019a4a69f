// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import java.util.Map;

/**
 * Belongings of applications whose bundle changes. On the way to a release they are shared, on the way back to a warm one
 * given back. Thread safety: used by the handler thread.
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
    void again(String application) {
        Long from = run.before.get(application);
        Long to = from == null ? null : run.pairs().get(from);
        if (from != null && to != null && !run.warm()) {
            run.ports.belongings().share(from, to);
        }
    }

    /** Before the warm bundle goes on: it has them alone, with what its successor wrote. */
    void giveBack(String application) {
        Long successor = run.before.get(application);
        Long warm = successor == null ? null : run.pairs().get(successor);
        if (successor != null && warm != null && run.warm() && run.givenBack.add(warm)) {
            run.undo.push(
                    "share belongings of " + application,
                    () -> run.ports.belongings().share(warm, successor));
            run.ports.belongings().giveBack(warm, successor, true);
        }
    }
}
