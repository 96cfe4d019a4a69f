// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.Direction;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.LoadObjectCode.Mode;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.PurgeMethod;
import io.theseus.relup.Script;
import io.theseus.relup.StartType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Version;

class ConsistencyTest {
    private static final Instruction PONR = new Instruction.PointOfNoReturn();
    private static final Suspended GATE = new Suspended("a", Optional.empty(), Optional.empty());
    private static final Instruction SUSPEND = new Instruction.Suspend(List.of(GATE));
    private static final Instruction RESUME = new Instruction.Resume(List.of(GATE));
    private static final Instruction STOP = new Instruction.Stop(List.of("a"));
    private static final Instruction START =
            new Instruction.Start(List.of(new Instruction.Start.Started("a", StartType.REQUIRED)));
    private static final Instruction PREPARE =
            new Instruction.LoadObjectCode("a", Version.emptyVersion, Mode.STOPPED, StartType.REQUIRED, false);
    private static final Instruction.Load.Code CODE =
            new Instruction.Load.Code("a", PurgeMethod.BRUTAL, PurgeMethod.BRUTAL);
    private static final Instruction LOAD = new Instruction.Load(List.of(CODE));
    private static final Instruction HANDOVER = new Instruction.CodeChange(
            Direction.UP, List.of(new Instruction.CodeChange.Handover("a", "a.A", Map.of(), List.of())));

    private static Script script(Instruction... instructions) {
        return new Script(Stream.of(instructions)
                .map(i -> new Script.Step(i, "generated"))
                .toList());
    }

    @Test
    void acceptsARestart() {
        Script script = script(PREPARE, PONR, SUSPEND, STOP, LOAD, START, RESUME);

        assertThat(Consistency.check(script, Set.of())).isSameAs(script);
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of("before the point", script(LOAD, PONR)),
                Arguments.of("after the point", script(PONR, PREPARE, LOAD)),
                Arguments.of("but resumed", script(PONR, SUSPEND)),
                Arguments.of("but resumed", script(PONR, RESUME)),
                Arguments.of("but started", script(PREPARE, PONR, SUSPEND, STOP, LOAD, RESUME)),
                Arguments.of("but started", script(PREPARE, PONR, LOAD, START)),
                Arguments.of("open gates", script(PREPARE, PONR, STOP, LOAD, START)),
                Arguments.of("but prepared", script(PONR, LOAD)),
                Arguments.of("but prepared", script(PREPARE, PONR)),
                Arguments.of("but prepared", script(PREPARE, PONR, new Instruction.Load(List.of(CODE, CODE)))),
                Arguments.of("but suspended", script(PONR, SUSPEND, HANDOVER, RESUME)),
                Arguments.of("more than one Suspend", script(PONR, SUSPEND, SUSPEND, RESUME)),
                Arguments.of(
                        "more than one Purge",
                        script(PONR, new Instruction.Purge(List.of("a")), new Instruction.Purge(List.of("b")))));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void namesEachViolation(String message, Script script) {
        assertThatThrownBy(() -> Consistency.check(script, Set.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    @Test
    void aScriptHasOnePointOfNoReturn() {
        assertThatThrownBy(() -> script(PREPARE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> script(PONR, PONR)).isInstanceOf(IllegalArgumentException.class);
    }
}
