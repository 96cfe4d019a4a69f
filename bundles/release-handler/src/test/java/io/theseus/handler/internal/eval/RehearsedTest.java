// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.api.Direction;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Script;
import io.theseus.relup.Script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsedTest {
    private final Rehearsed rehearsed = new Rehearsed();

    @Test
    void theSameOrASmallerScriptNeedsNoSecondRehearsal() {
        rehearsed.add(script(handing(3), resume()));

        assertThat(rehearsed.covers(script(handing(3), resume()))).isTrue();
        assertThat(rehearsed.covers(script(handing(1)))).isTrue();
    }

    @Test
    void anInstructionOfAnotherKindDoes() {
        rehearsed.add(script(handing(3), resume()));

        assertThat(rehearsed.covers(script(handing(1), new Instruction.Purge(List.of("ledger")))))
                .isFalse();
    }

    @Test
    void moreHandoversThanEverDo() {
        rehearsed.add(script(handing(3)));
        rehearsed.add(script(handing(1), resume()));

        assertThat(rehearsed.covers(script(handing(2), resume()))).isTrue();
        assertThat(rehearsed.covers(script(handing(4), resume()))).isFalse();
    }

    private static Instruction handing(int components) {
        List<Handover> handovers = new ArrayList<>();
        for (int i = 0; i < components; i++) {
            handovers.add(new Handover("ledger", "ledger.Part" + i, Map.of(), List.of()));
        }
        return new Instruction.CodeChange(Direction.UP, handovers);
    }

    private static Instruction resume() {
        return new Instruction.Resume(List.of());
    }

    private static Script script(Instruction... after) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(new Instruction.PointOfNoReturn(), "generated"));
        for (Instruction instruction : after) {
            steps.add(new Step(instruction, "generated"));
        }
        return new Script(steps);
    }
}
