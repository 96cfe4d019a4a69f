// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.check;

import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.LoadObjectCode;
import io.theseus.relup.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a whole script can be run: {@link Pairs}, one point of no return, everything in the order of decision 2 and once. A generated
 * script always is consistent; a written one is checked as strictly.
 */
public final class Consistency {
    /** What changes the release, in this order. Handovers stand between suspend and resume. */
    private static final List<Class<? extends Instruction>> ORDER = List.of(
            Instruction.Suspend.class,
            Instruction.Stop.class,
            Instruction.Load.class,
            Instruction.Remove.class,
            Instruction.Start.class,
            Instruction.Resume.class,
            Instruction.Purge.class);

    private static final Set<Class<? extends Instruction>> ONCE = Stream.concat(
                    ORDER.stream(),
                    Stream.of(
                            Instruction.PointOfNoReturn.class,
                            Instruction.RestartNewContainer.class,
                            Instruction.RestartContainer.class))
            .collect(Collectors.toSet());

    private final List<Placed> script;
    private final Place whole;
    private final List<Finding> findings = new ArrayList<>();

    private Consistency(List<Placed> script, Place whole) {
        this.script = script;
        this.whole = whole;
    }

    /** @param whole where the script stands, for what is about all of it */
    public static List<Finding> findings(List<Placed> script, Place whole) {
        Consistency consistency = new Consistency(script, whole);
        consistency.onePointOfNoReturn();
        consistency.inOrderAndOnce();
        consistency.restartsAtTheEnds();
        consistency.findings.addAll(Pairs.findings(script));
        consistency.preparedIsLoaded();
        consistency.stoppedIsBehindAGate();
        consistency.modeIsWhatIsDone();
        return consistency.findings;
    }

    private void onePointOfNoReturn() {
        int point = 0;
        while (point < script.size() && !(script.get(point).instruction() instanceof Instruction.PointOfNoReturn)) {
            point++;
        }
        if (point == script.size()) {
            findings.add(
                    new Finding(whole, "there is no point_of_no_return", "write it before what changes the release"));
            return;
        }
        for (Placed placed : script.subList(0, point)) {
            if (!early(placed.instruction())) {
                find(
                        placed,
                        "'" + placed.name() + "' before the point of no return could not be thrown away",
                        "only load_object_code and apply may stand before it");
            }
        }
        for (Placed placed : script.subList(point, script.size())) {
            if (placed.instruction() instanceof LoadObjectCode) {
                find(placed, "'load_object_code' after the point of no return", "move it before");
            }
        }
    }

    private static boolean early(Instruction instruction) {
        return instruction instanceof LoadObjectCode
                || instruction instanceof Instruction.Apply
                || instruction instanceof Instruction.RestartNewContainer;
    }

    private void inOrderAndOnce() {
        Map<Class<?>, Placed> seen = new HashMap<>();
        Optional<Placed> last = Optional.empty();
        for (Placed placed : script) {
            Class<?> type = placed.instruction().getClass();
            Placed first = ONCE.contains(type) ? seen.putIfAbsent(type, placed) : null;
            if (first != null) {
                find(
                        placed,
                        "a second '" + placed.name() + "', after " + first.place(),
                        "a script has one: merge them");
            } else if (last.filter(l -> rank(l) > rank(placed)).isPresent() && rank(placed) >= 0) {
                find(
                        placed,
                        "'" + placed.name() + "' after '" + last.get().name() + "'",
                        "the order is: " + ORDER.stream().map(Words::name).collect(Collectors.joining(", ")));
            } else if (rank(placed) >= 0) {
                last = Optional.of(placed);
            }
        }
    }

    private static int rank(Placed placed) {
        return ORDER.indexOf(placed.instruction().getClass());
    }

    private void restartsAtTheEnds() {
        for (int i = 0; i < script.size(); i++) {
            Placed placed = script.get(i);
            if (placed.instruction() instanceof Instruction.RestartNewContainer && i > 0) {
                find(placed, "'restart_new_container' is not the first instruction", "move it to the beginning");
            }
            if (placed.instruction() instanceof Instruction.RestartContainer && i < script.size() - 1) {
                find(placed, "'restart_container' is not the last instruction", "move it to the end");
            }
        }
    }

    private void preparedIsLoaded() {
        List<String> loaded =
                names(Instruction.Load.class, l -> l.codes().stream().map(Instruction.Load.Code::application));
        Set<String> once = new HashSet<>();
        for (Placed placed : of(LoadObjectCode.class)) {
            LoadObjectCode load = (LoadObjectCode) placed.instruction();
            if (!once.add(load.application())) {
                find(placed, "a second 'load_object_code' of '" + load.application() + "'", "keep one");
            } else if (!load.library() && !loaded.contains(load.application())) {
                find(placed, "'" + load.application() + "' is prepared and not loaded", "add it to 'load'");
            }
        }
        Set<String> changed = new HashSet<>();
        loaded.stream()
                .filter(l -> !changed.add(l))
                .forEach(l ->
                        of(Instruction.Load.class).forEach(p -> find(p, "'" + l + "' is loaded twice", "keep one")));
        names(Instruction.Remove.class, r -> r.codes().stream().map(Instruction.Load.Code::application)).stream()
                .filter(changed::contains)
                .forEach(r -> of(Instruction.Remove.class)
                        .forEach(p -> find(p, "'" + r + "' is loaded and removed", "keep one")));
    }

    private void stoppedIsBehindAGate() {
        List<String> gates = names(
                Instruction.Suspend.class, s -> s.targets().stream().map(Instruction.Suspend.Suspended::application));
        for (Placed placed : of(Instruction.Stop.class)) {
            ((Instruction.Stop) placed.instruction())
                    .applications().stream()
                            .filter(a -> !gates.contains(a))
                            .forEach(a ->
                                    find(placed, "'" + a + "' is stopped behind an open gate", "suspend it before"));
        }
    }

    private void modeIsWhatIsDone() {
        List<String> started =
                names(Instruction.Start.class, s -> s.targets().stream().map(Instruction.Start.Started::application));
        for (Placed placed : of(LoadObjectCode.class)) {
            LoadObjectCode load = (LoadObjectCode) placed.instruction();
            boolean stopped = load.mode() == LoadObjectCode.Mode.STOPPED;
            if (stopped != started.contains(load.application())) {
                find(
                        placed,
                        "'" + load.application() + "' is loaded "
                                + (stopped ? "stopped and never started" : "side by side and started later"),
                        stopped ? "stop the old and start the new one" : "write 'mode: stopped'");
            }
        }
    }

    private List<Placed> of(Class<? extends Instruction> type) {
        return script.stream().filter(p -> type.isInstance(p.instruction())).toList();
    }

    private <T extends Instruction> List<String> names(Class<T> type, Function<T, Stream<String>> names) {
        return of(type).stream()
                .flatMap(p -> names.apply(type.cast(p.instruction())))
                .toList();
    }

    private void find(Placed placed, String text, String hint) {
        findings.add(new Finding(placed.place(), text, hint));
    }
}
