// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.Deciding;
import io.theseus.release.Problem;
import io.theseus.release.Report.Figure;
import io.theseus.release.Status.BusyCall;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.OnTimeout;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Closes gates and waits until nobody is inside. Thread safety: as {@link Run}. */
final class Closing {
    private final Run run;
    private final Deciding deciding;
    private final Set<String> wider;

    /** @param wider gates to close beside those the script names */
    Closing(Run run, Deciding deciding, Set<String> wider) {
        this.run = run;
        this.deciding = deciding;
        this.wider = wider;
    }

    /**
     * Closes the gates of all targets. Where calls do not end in time and every component they may be in can be skipped,
     * all gates open once more, and those of what is left close again.
     */
    void close(Instruction.Suspend instruction, Action open) throws Exception {
        Set<String> all = applications(instruction.targets());
        all.addAll(wider);
        Duration budget = run.limited(budget(instruction.targets()));
        List<BusyCall> left = closed(all, budget);
        if (left.isEmpty()) {
            return;
        }
        Set<String> skipped = skippable(instruction.targets(), left);
        Set<String> rest = without(skipped, instruction.targets(), all);
        if (skipped.isEmpty() || left.stream().anyMatch(call -> rest.contains(call.application()))) {
            throw notQuiet(all, left, budget);
        }
        open.run();
        run.operation.callersWait(true);
        for (Suspended target : instruction.targets()) {
            if (skipped.contains(target.application())) {
                target.component()
                        .ifPresent(name -> skip(
                                new Part(target.application(), name),
                                left.size() + " calls did not end within " + budget.toMillis() + " ms"));
            }
        }
        List<BusyCall> still = closed(rest, budget);
        if (!still.isEmpty()) {
            throw notQuiet(rest, still, budget);
        }
    }

    /** Closes all there are. Calls that would be skipped by the script's suspend are left to end with the JVM, and told. */
    void closeAll() throws FailedException {
        Set<String> all = run.ports.switchboard().applications().keySet();
        Duration budget = run.limited(run.drain());
        List<BusyCall> left = closed(all, budget);
        Set<String> skipped = skippable(
                run.course
                        .script()
                        .instructions(Instruction.Suspend.class)
                        .flatMap(s -> s.targets().stream())
                        .toList(),
                left);
        List<BusyCall> waited = left.stream()
                .filter(call -> !skipped.contains(call.application()))
                .toList();
        if (!waited.isEmpty()) {
            throw notQuiet(all, waited, budget);
        }
        run.operation.figure(Figure.INTERRUPTED, left.size());
        left.forEach(call -> run.operation.problem(
                Problem.of("interrupted-call", call.application(), call(call) + " ends with this JVM")));
    }

    /** Closes them again, for the way back; answers what that does not wait for. */
    Optional<Problem> closeAgain() {
        List<BusyCall> left = closed(run.gates, run.drain());
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(
                                "state-lost",
                                String.join(", ", new TreeSet<>(run.gates)),
                                left.size() + " calls were still running after "
                                        + run.drain().toMillis() + " ms, when states were handed back: " + calls(left))
                        .withHint("look at what they did after that"));
    }

    void skip(Part part, String why) {
        run.ready.forget();
        run.skipped.put(
                part,
                Problem.of("skipped", run.where(part), why + ": its successor began without its state")
                        .withHint("release:rollback --lose-state goes back to the component that has it"));
    }

    private List<BusyCall> closed(Set<String> applications, Duration budget) {
        run.gates = Set.copyOf(applications);
        return applications.isEmpty()
                ? List.of()
                : run.ports
                        .switchboard()
                        .suspend(applications, budget, run.course.options().gateTimeout());
    }

    /** Applications of which every component may be skipped, and that a call may be in. */
    private Set<String> skippable(List<Suspended> targets, List<BusyCall> left) {
        Set<String> result = applications(targets);
        targets.stream()
                .filter(t -> t.component().isEmpty() || t.onTimeout() != OnTimeout.SKIP)
                .forEach(t -> result.remove(t.application()));
        result.removeIf(application -> {
            Set<String> gates = callers(Set.of(application));
            return left.stream().noneMatch(call -> gates.contains(call.application()));
        });
        return result;
    }

    /** The gates that still must be closed: not those that only wait with what is skipped. */
    private Set<String> without(Set<String> skipped, List<Suspended> targets, Set<String> all) {
        Set<String> origins = new HashSet<>();
        targets.stream().filter(t -> t.component().isPresent()).forEach(t -> origins.add(t.application()));
        run.course.script().instructions(Instruction.Stop.class).forEach(stop -> origins.addAll(stop.applications()));
        origins.removeAll(skipped);
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(callers(skipped));
        rest.addAll(callers(origins));
        rest.addAll(wider);
        return rest;
    }

    private Set<String> callers(Set<String> applications) {
        return applications.isEmpty() ? Set.of() : deciding.callers(run.course.snapshot(), applications);
    }

    private Duration budget(List<Suspended> targets) {
        return targets.stream()
                .flatMap(target -> target.timeout().stream())
                .reduce(run.drain(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    private static Set<String> applications(List<Suspended> targets) {
        return targets.stream().map(Suspended::application).collect(Collectors.toCollection(TreeSet::new));
    }

    private static FailedException notQuiet(Set<String> applications, List<BusyCall> left, Duration budget) {
        return new FailedException(Problem.of(
                        "not-quiet",
                        String.join(", ", new TreeSet<>(applications)),
                        left.size() + " calls were still running after " + budget.toMillis() + " ms: " + calls(left))
                .withHint("try again, or with a longer drain timeout"));
    }

    static String calls(List<BusyCall> left) {
        return left.stream().map(Closing::call).collect(Collectors.joining("; "));
    }

    private static String call(BusyCall call) {
        Optional<String> top = call.stack().stream().findFirst();
        return call.thread() + " in " + call.application()
                + top.map(at -> " at " + at).orElse("");
    }
}
