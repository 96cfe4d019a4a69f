// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.relup.internal.check.Fit;
import java.util.List;

/**
 * Whether a script that somebody wrote leads from one release to another: all that changes is loaded or removed, nothing else is, and every
 * application it names is there. That it is consistent in itself {@link ScriptReader} has checked. Pure.
 */
public final class ScriptFit {
    private ScriptFit() {}

    /**
     * What stands in the way, with the file and line of the instruction.
     *
     * @param to the release to run; that of {@code from} again for a script that loads no code
     * @param plan the generated one: what no script could do is a problem here too
     */
    public static List<Problem> problems(Script script, Release from, Release to, Plan plan) {
        return new Fit(script, from, to).problems(plan);
    }
}
