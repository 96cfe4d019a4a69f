// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import io.theseus.itests.faults.Fault.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Every fault there can be, one after the other: the points are those that a clean install and a clean rollback have passed. After each
 * one the container must be what it was, or what it was asked to become.
 */
public final class FaultMatrix {
    /** The history of a container is read after each fault, and grows with each. */
    private static final int IN_ONE_CONTAINER = 50;

    private final Path folder;
    private final Consumer<String> told;
    private final List<String> losses = new ArrayList<>();
    private int faults;
    private int survived;
    private int containers;
    private long calls;
    private long failedCalls;
    private long lostState;

    /**
     * @param folder for containers
     * @param told hears of everything that is lost
     */
    public FaultMatrix(Path folder, Consumer<String> told) {
        this.folder = folder;
        this.told = told;
    }

    /**
     * What became of all faults.
     *
     * @param instructions of the script they happened in
     * @param calls that were answered meanwhile
     * @param losses what was not as it should be: the fault and the fact
     */
    public record Result(
            int instructions,
            int faults,
            int survived,
            long calls,
            long failedCalls,
            long lostState,
            List<String> losses) {
        public Result {
            losses = List.copyOf(losses);
        }
    }

    /** @param which of the faults to try */
    public Result run(Predicate<Fault> which) throws Exception {
        Trial trial = trial();
        int instructions;
        List<String> installing;
        List<String> rollingBack;
        try {
            instructions = trial.instructions();
            installing = trial.install();
            rollingBack = trial.rollBack();
            // What is done only once in the life of a container is not there the second time.
            installing = trial.install();
            rollingBack = trial.rollBack();
            for (Fault fault : faults(installing).filter(which).toList()) {
                trial = judge(trial, fault, trial.install(fault));
            }
            trial.install();
            for (Fault fault : faults(rollingBack).filter(which).toList()) {
                trial = judge(trial, fault, trial.rollBack(fault));
                if (!trial.installed()) {
                    trial.install();
                }
            }
        } finally {
            trial.close();
            calls += trial.calls();
        }
        return new Result(instructions, faults, survived, calls, failedCalls, lostState, losses);
    }

    /** Goes on in a container that is as it should be. */
    private Trial judge(Trial trial, Fault fault, Trial.Outcome outcome) throws Exception {
        if (!outcome.happened()) {
            told.accept("not reached: " + fault);
            return trial;
        }
        faults++;
        failedCalls += outcome.failedCalls();
        lostState += outcome.lostState();
        if (outcome.losses().isEmpty()) {
            survived++;
            return outcome.left() || faults % IN_ONE_CONTAINER == 0 ? another(trial) : trial;
        }
        outcome.losses().forEach(loss -> {
            losses.add(fault + ": " + loss);
            told.accept(fault + ": " + loss);
        });
        return another(trial);
    }

    private Trial another(Trial former) throws Exception {
        former.close();
        calls += former.calls();
        Trial next = trial();
        next.install();
        next.rollBack();
        return next;
    }

    private Trial trial() throws Exception {
        return new Trial(folder.resolve("container" + ++containers));
    }

    private static Stream<Fault> faults(List<String> points) {
        return points.stream().flatMap(point -> kinds(point).map(kind -> new Fault(point, kind)));
    }

    private static Stream<Kind> kinds(String point) {
        if (point.startsWith("Disk.append")) {
            return Stream.of(Kind.BEFORE, Kind.HALF, Kind.AFTER);
        }
        if (point.startsWith("Disk.")) {
            return Stream.of(Kind.BEFORE, Kind.AFTER);
        }
        return point.matches(".* (suspend|codeChange|resume) #.*")
                ? Stream.of(Kind.BEFORE, Kind.AFTER, Kind.ERROR, Kind.ENDLESS)
                : Stream.of(Kind.BEFORE, Kind.AFTER, Kind.ERROR);
    }
}
