// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.api.Direction;
import io.theseus.release.StartType;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.LoadObjectCode.Mode;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.Place;
import io.theseus.relup.PurgeMethod;
import io.theseus.relup.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
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
    private static final Instruction PREPARE = prepare(Mode.SIDE_BY_SIDE, false);
    private static final Instruction STOPPED = prepare(Mode.STOPPED, false);
    private static final Instruction LIBRARY = prepare(Mode.SIDE_BY_SIDE, true);
    private static final Instruction.Load.Code CODE =
            new Instruction.Load.Code("a", PurgeMethod.BRUTAL, PurgeMethod.BRUTAL);
    private static final Instruction LOAD = new Instruction.Load(List.of(CODE));
    private static final Instruction REMOVE = new Instruction.Remove(List.of(CODE));
    private static final Instruction PURGE = new Instruction.Purge(List.of("a"));
    private static final Instruction APPLY = new Instruction.Apply("a", "x", Map.of(), Direction.UP);
    private static final Instruction BACK = new Instruction.Apply("a", "x", Map.of(), Direction.DOWN);
    private static final Instruction NEW = new Instruction.RestartNewContainer();
    private static final Instruction LAST = new Instruction.RestartContainer();
    private static final Instruction HANDOVER = new Instruction.CodeChange(
            Direction.UP, List.of(new Instruction.CodeChange.Handover("a", "a.A", Map.of(), List.of())));

    private static Instruction prepare(Mode mode, boolean library) {
        return new Instruction.LoadObjectCode("a", Version.emptyVersion, mode, StartType.REQUIRED, library);
    }

    private static List<String> findings(Instruction... instructions) {
        List<Placed> placed = new ArrayList<>();
        for (Instruction instruction : instructions) {
            placed.add(new Placed(instruction, new Place("f", placed.size() + 1, 1)));
        }
        return Consistency.findings(placed, new Place("f", 0, 0)).stream()
                .map(f -> f.place().line() + " " + f.text())
                .toList();
    }

    static Stream<Arguments> consistent() {
        return Stream.of(
                Arguments.of("a restart", List.of(STOPPED, PONR, SUSPEND, STOP, LOAD, START, RESUME, PURGE)),
                Arguments.of("side by side", List.of(PREPARE, APPLY, PONR, LOAD, APPLY, PURGE, LAST)),
                Arguments.of(
                        "actions where their version runs",
                        List.of(STOPPED, BACK, PONR, SUSPEND, BACK, STOP, LOAD, START, APPLY, RESUME, APPLY)),
                Arguments.of("what goes", List.of(PONR, SUSPEND, STOP, REMOVE, RESUME)),
                Arguments.of("a library", List.of(LIBRARY, PONR)),
                Arguments.of("a new container", List.of(NEW, APPLY, PONR, APPLY)),
                Arguments.of("nothing", List.of(PONR)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("consistent")
    void acceptsWhatAPlannerMakes(String name, List<Instruction> script) {
        assertThat(findings(script.toArray(Instruction[]::new))).isEmpty();
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                of("0 there is no point_of_no_return"),
                of("2 a second 'point_of_no_return', after f:1:1", PONR, PONR),
                of("1 'purge' before the point of no return could not be thrown away", PURGE, PONR),
                of("2 'load_object_code' after the point of no return", PONR, LIBRARY),
                of("2 'a' is suspended and not resumed", PONR, SUSPEND),
                of("2 'a' is resumed and was not suspended before", PONR, RESUME),
                of("4 'a' is stopped and not started", PONR, SUSPEND, RESUME, STOP),
                of("4 'a' is started and was not stopped before", STOPPED, PONR, LOAD, START),
                of("3 'a' is stopped behind an open gate", STOPPED, PONR, STOP, LOAD, START),
                of("2 'a' is loaded without a load_object_code", PONR, LOAD),
                of("1 'a' is prepared and not loaded", PREPARE, PONR),
                of("2 a second 'load_object_code' of 'a'", PREPARE, PREPARE, PONR, LOAD),
                of("3 'a' is loaded twice", PREPARE, PONR, new Instruction.Load(List.of(CODE, CODE))),
                of("4 'a' is loaded and removed", PREPARE, PONR, LOAD, REMOVE),
                of("3 'a/a.A' hands its state over and is not suspended", PONR, SUSPEND, HANDOVER, RESUME),
                of("4 a second 'suspend', after f:2:1", PONR, SUSPEND, RESUME, SUSPEND),
                of("3 a second 'purge', after f:2:1", PONR, PURGE, PURGE),
                of("4 'suspend' after 'load'", PREPARE, PONR, LOAD, SUSPEND, RESUME),
                of("6 'start' after 'resume'", STOPPED, PONR, SUSPEND, STOP, RESUME, START),
                of("2 'restart_new_container' is not the first instruction", APPLY, NEW, PONR),
                of("2 'restart_container' is not the last instruction", PONR, LAST, APPLY),
                of("1 'a' is loaded stopped and never started", STOPPED, PONR, LOAD),
                of("1 'a' is loaded side by side and started later", PREPARE, PONR, SUSPEND, STOP, LOAD, START, RESUME),
                of(
                        "2 action 'x' is one of the version of 'a' that is started after",
                        STOPPED,
                        APPLY,
                        PONR,
                        SUSPEND,
                        STOP,
                        LOAD,
                        START,
                        RESUME),
                of(
                        "8 action 'x' is one of the version of 'a' that is stopped before",
                        STOPPED,
                        PONR,
                        SUSPEND,
                        STOP,
                        LOAD,
                        START,
                        RESUME,
                        BACK),
                of("2 'a' is stopped twice", PONR, new Instruction.Stop(List.of("a", "a"))),
                of("2 'a' is suspended twice", PONR, new Instruction.Suspend(List.of(GATE, GATE))));
    }

    private static Arguments of(String finding, Instruction... script) {
        return Arguments.of(finding, script);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void namesEachViolation(String finding, Instruction[] script) {
        assertThat(findings(script)).contains(finding);
    }

    @Test
    void theTimeoutNeedNotBeSaidAgain() {
        Suspended timed = new Suspended("a", Optional.of("a.A"), Optional.of(Duration.ofSeconds(1)));
        Suspended plain = new Suspended("a", Optional.of("a.A"), Optional.empty());

        assertThat(findings(
                        PONR,
                        new Instruction.Suspend(List.of(timed)),
                        HANDOVER,
                        new Instruction.Resume(List.of(plain))))
                .isEmpty();
    }

    @Test
    void aScriptHasOnePointOfNoReturn() {
        Assertions.assertThatThrownBy(() -> new Script(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
