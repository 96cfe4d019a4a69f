// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.relup.Instruction;
import io.theseus.relup.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * The instructions after the point of no return as they are run. A script in which every application is restarted loads
 * nothing side by side and so has no {@code load}, but the generation changes all the same: when the old ones have stopped.
 */
final class Sequence {
    private Sequence() {}

    static List<Instruction> of(Script script, boolean sameGeneration) {
        List<Instruction> steps = new ArrayList<>(script.afterPointOfNoReturn().stream()
                .map(Script.Step::instruction)
                .toList());
        if (sameGeneration
                || script.instructions(Instruction.Load.class).findAny().isPresent()) {
            return steps;
        }
        int place = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Instruction.Suspend || steps.get(i) instanceof Instruction.Stop) {
                place = i + 1;
            }
        }
        steps.add(place, new Instruction.Load(List.of()));
        return steps;
    }
}
