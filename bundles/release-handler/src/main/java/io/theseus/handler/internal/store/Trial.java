// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import io.theseus.release.InstallOptions;
import io.theseus.release.ReleaseId;
import java.util.List;

/**
 * What the next start of the container must know to go on with an install.
 *
 * @param report number of the report of the part before the restart
 * @param script the instructions that are left, as lines of a script
 * @param ailments what was not well before, and is no reason to go back
 * @param tried whether a start has begun with it: a second one goes back
 */
public record Trial(
        ReleaseId from,
        ReleaseId to,
        long report,
        String who,
        String reason,
        InstallOptions options,
        List<String> script,
        List<String> ailments,
        boolean tried) {
    public Trial {
        script = List.copyOf(script);
        ailments = List.copyOf(ailments);
    }

    Trial begun() {
        return new Trial(from, to, report, who, reason, options, script, ailments, true);
    }
}
