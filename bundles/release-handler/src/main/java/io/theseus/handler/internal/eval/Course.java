// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.port.Snapshot;
import io.theseus.release.InstallOptions;
import io.theseus.release.Release;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Script;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a run of the evaluator is given.
 *
 * @param snapshot the one the script was planned with
 * @param back the handovers of the way back, for when a step after the switch fails
 * @param kept what is warm: for a rollback
 * @param commit the last step: records what runs now
 * @param restore takes that record back
 */
public record Course(
        Release from,
        Release to,
        Script script,
        Snapshot snapshot,
        Map<Part, Handover> back,
        InstallOptions options,
        Optional<Kept> kept,
        Action commit,
        Action restore) {
    public Course {
        back = Map.copyOf(back);
    }
}
