// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.Direction;
import io.theseus.port.Components;
import io.theseus.release.StartType;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.PurgeMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private final Runs runs = new Runs("ledger");

    @Test
    void everyInstructionIsRehearsedAndNothingIsTouched() throws Exception {
        List<Suspended> gate = List.of(new Suspended("ledger", Optional.of("ledger.Accounts"), Optional.empty()));
        Handover handover = new Handover("ledger", "ledger.Accounts", Map.of(), List.of());
        Run run = runs.of(
                runs.stub(Components.class),
                new Instruction.Suspend(gate),
                new Instruction.Stop(List.of("ledger")),
                new Instruction.Load(
                        List.of(new Instruction.Load.Code("ledger", PurgeMethod.BRUTAL, PurgeMethod.BRUTAL))),
                new Instruction.Start(List.of(new Instruction.Start.Started("ledger", StartType.REQUIRED))),
                new Instruction.CodeChange(Direction.UP, List.of(handover)),
                new Instruction.Resume(gate),
                new Instruction.Apply("ledger", "reindex", Map.of(), Direction.UP),
                new Instruction.Purge(List.of("ledger")));
        run.converters.put(
                new Part("ledger", "ledger.Accounts"),
                io.theseus.handler.internal.state.StateTypes.compare(
                        OneAccount.class, OneAccount.class, "ledger", Set.of()));

        try (Workers workers = new Workers()) {
            new Rehearsal(runs.deciding(), workers).of(run);
        }

        assertThat(runs.calls).allMatch(call -> call.startsWith("print"));
        assertThat(run.undo.depth()).isZero();
        assertThat(run.suspended).isEmpty();
        assertThat(run.handed).isEmpty();
    }

    @Test
    void aScriptThatCanNotBeRunCanNotBeRehearsed() {
        Handover handover = new Handover("ledger", "ledger.Accounts", Map.of(), List.of());
        Run run = runs.of(runs.stub(Components.class), new Instruction.CodeChange(Direction.UP, List.of(handover)));

        try (Workers workers = new Workers()) {
            assertThatThrownBy(() -> new Rehearsal(runs.deciding(), workers).of(run))
                    .isInstanceOf(FailedException.class);
        }
    }

    record Balance(long cents) {}

    abstract static class OneAccount implements io.theseus.api.CodeChange<Balance> {}
}
