// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.relup.Instruction;
import io.theseus.relup.Script;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pass 7: pairwise checks of a finished script (OTP: systools_rc). Appups can not break them, so a violation is a bug of the planner.
 */
final class Consistency {
    private final Script script;

    private Consistency(Script script) {
        this.script = script;
    }

    static Script check(Script script, Set<String> going) {
        Consistency consistency = new Consistency(script);
        consistency.beforeThePointOnlyPreparation();
        consistency.suspendedIsResumed();
        consistency.stoppedIsStartedOrGoes(going);
        consistency.loadedIsPrepared(going);
        consistency.handedOverIsSuspended();
        consistency.onlyOnce(Instruction.Suspend.class);
        consistency.onlyOnce(Instruction.Stop.class);
        consistency.onlyOnce(Instruction.Load.class);
        consistency.onlyOnce(Instruction.Start.class);
        consistency.onlyOnce(Instruction.Resume.class);
        consistency.onlyOnce(Instruction.Purge.class);
        return script;
    }

    private void beforeThePointOnlyPreparation() {
        that(
                script.beforePointOfNoReturn().stream()
                        .allMatch(s -> s.instruction() instanceof Instruction.LoadObjectCode),
                "before the point of no return is more than load_object_code");
        that(
                script.afterPointOfNoReturn().stream()
                        .noneMatch(s -> s.instruction() instanceof Instruction.LoadObjectCode),
                "load_object_code after the point of no return");
    }

    private void suspendedIsResumed() {
        that(suspended().equals(resumed()), "suspended " + suspended() + " but resumed " + resumed());
    }

    private Set<Instruction.Suspend.Suspended> suspended() {
        return script.instructions(Instruction.Suspend.class)
                .flatMap(s -> s.targets().stream())
                .collect(Collectors.toSet());
    }

    private Set<Instruction.Suspend.Suspended> resumed() {
        return script.instructions(Instruction.Resume.class)
                .flatMap(s -> s.targets().stream())
                .collect(Collectors.toSet());
    }

    private void stoppedIsStartedOrGoes(Set<String> going) {
        Set<String> stopped = script.instructions(Instruction.Stop.class)
                .flatMap(s -> s.applications().stream())
                .collect(Collectors.toSet());
        Set<String> started = names(script.instructions(Instruction.Start.class)
                .flatMap(s -> s.targets().stream())
                .map(Instruction.Start.Started::application));
        Set<String> left = new HashSet<>(stopped);
        left.removeAll(going);
        that(left.equals(started), "stopped " + stopped + " but started " + started);
        Set<String> gates = names(suspended().stream().map(Instruction.Suspend.Suspended::application));
        that(gates.containsAll(stopped), "stopped " + stopped + " behind open gates");
    }

    private void loadedIsPrepared(Set<String> going) {
        List<String> loaded = script.instructions(Instruction.Load.class)
                .flatMap(l -> l.codes().stream())
                .map(Instruction.Load.Code::application)
                .toList();
        Set<String> prepared = names(script.instructions(Instruction.LoadObjectCode.class)
                .filter(l -> !l.library())
                .map(Instruction.LoadObjectCode::application));
        Set<String> expected = new HashSet<>(prepared);
        expected.addAll(going);
        that(
                new HashSet<>(loaded).equals(expected) && loaded.size() == expected.size(),
                "loaded " + loaded + " but prepared " + prepared);
    }

    private void handedOverIsSuspended() {
        Set<String> components = names(suspended().stream()
                .filter(s -> s.component().isPresent())
                .map(s -> s.application() + "/" + s.component().get()));
        Set<String> handed = names(script.instructions(Instruction.CodeChange.class)
                .flatMap(c -> c.handovers().stream())
                .map(h -> h.application() + "/" + h.component()));
        that(components.containsAll(handed), "handed over " + handed + " but suspended " + components);
    }

    private void onlyOnce(Class<? extends Instruction> kind) {
        that(script.instructions(kind).count() <= 1, "more than one " + kind.getSimpleName());
    }

    private static Set<String> names(Stream<String> names) {
        return names.collect(Collectors.toSet());
    }

    private static void that(boolean holds, String violation) {
        if (!holds) {
            throw new AssertionError("a bug of the planner: " + violation);
        }
    }
}
