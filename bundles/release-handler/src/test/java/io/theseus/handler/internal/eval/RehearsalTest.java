// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.Direction;
import io.theseus.handler.internal.Deciding;
import io.theseus.handler.internal.Ports;
import io.theseus.port.Belongings;
import io.theseus.port.CodeServer;
import io.theseus.port.Components;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.port.Switchboard;
import io.theseus.release.BundleSpec;
import io.theseus.release.InstallOptions;
import io.theseus.release.Progress;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.PurgeMethod;
import io.theseus.relup.Script;
import io.theseus.relup.StartType;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class RehearsalTest {
    private final List<String> calls = new ArrayList<>();

    @Test
    void everyInstructionIsRehearsedAndNothingIsTouched() throws Exception {
        List<Suspended> gate = List.of(new Suspended("ledger", Optional.of("ledger.Accounts"), Optional.empty()));
        Handover handover = new Handover("ledger", "ledger.Accounts", Map.of(), List.of());
        Run run = run(
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
            new Rehearsal(stub(Deciding.class), workers).of(run);
        }

        assertThat(calls).allMatch(call -> call.startsWith("print"));
        assertThat(run.undo.depth()).isZero();
        assertThat(run.suspended).isEmpty();
        assertThat(run.handed).isEmpty();
    }

    @Test
    void aScriptThatCanNotBeRunCanNotBeRehearsed() {
        Handover handover = new Handover("ledger", "ledger.Accounts", Map.of(), List.of());
        Run run = run(new Instruction.CodeChange(Direction.UP, List.of(handover)));

        try (Workers workers = new Workers()) {
            assertThatThrownBy(() -> new Rehearsal(stub(Deciding.class), workers).of(run))
                    .isInstanceOf(FailedException.class);
        }
    }

    private Run run(Instruction... after) {
        List<Script.Step> steps = new ArrayList<>();
        steps.add(new Script.Step(new Instruction.PointOfNoReturn(), "test"));
        for (Instruction each : after) {
            steps.add(new Script.Step(each, "test"));
        }
        Snapshot snapshot = new Snapshot(List.of(installed(7, "1.0.0")), Map.of());
        Course course = new Course(
                release("1.0.0"),
                release("2.0.0"),
                new Script(steps),
                snapshot,
                Map.of(),
                InstallOptions.DEFAULT,
                Optional.empty(),
                () -> calls.add("commit"));
        Ports ports = new Ports(
                stub(CodeServer.class), stub(Switchboard.class), stub(Belongings.class), stub(Components.class));
        Operation operation = new Operation(
                (kind, data, force) -> {},
                Clock.systemUTC(),
                new Operation.Asked(
                        1, "install", course.from().id(), course.to().id(), "me", Progress.SILENT));
        Run run = new Run(ports, course, operation, stub(Deciding.class));
        run.after.put("ledger", 8L);
        return run;
    }

    private static Installed installed(long id, String version) {
        return new Installed(
                id, "ledger", Version.valueOf(version), "mvn:" + version, true, true, 80, false, Set.of(), true);
    }

    private static Release release(String version) {
        BundleSpec ledger = new BundleSpec(
                "ledger", Version.valueOf(version), "mvn:ledger/" + version, "00", 80, BundleSpec.Role.APPLICATION);
        return new Release(ReleaseId.parse("shop/" + version), List.of(ledger));
    }

    /** Notes that it was called. */
    private <T> T stub(Class<T> port) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return method.getReturnType() == String.class ? method.getName() : null;
                }));
    }

    record Balance(long cents) {}

    abstract static class OneAccount implements io.theseus.api.CodeChange<Balance> {}
}
