// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import java.util.List;
import java.util.stream.Stream;

/**
 * A compiled script: the low-level instructions in order, with exactly one point of no return.
 *
 * @param steps each instruction with what it was compiled from
 */
public record Script(List<Step> steps) {
    public Script {
        steps = List.copyOf(steps);
        long points = steps.stream()
                .filter(s -> s.instruction() instanceof Instruction.PointOfNoReturn)
                .count();
        if (points != 1) {
            throw new IllegalArgumentException("a script has one point of no return, this one has " + points);
        }
    }

    /**
     * One step.
     *
     * @param origin file and line of the appup, or {@code generated}
     */
    public record Step(Instruction instruction, String origin) {}

    public List<Step> beforePointOfNoReturn() {
        return steps.subList(0, pointOfNoReturn());
    }

    public List<Step> afterPointOfNoReturn() {
        return steps.subList(pointOfNoReturn() + 1, steps.size());
    }

    /** The instructions of one kind, in order. */
    public <T extends Instruction> Stream<T> instructions(Class<T> kind) {
        return steps.stream().map(Step::instruction).filter(kind::isInstance).map(kind::cast);
    }

    /** Those of one kind before the point of no return. */
    public <T extends Instruction> List<T> instructionsBefore(Class<T> kind) {
        return beforePointOfNoReturn().stream()
                .map(Step::instruction)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private int pointOfNoReturn() {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).instruction() instanceof Instruction.PointOfNoReturn) {
                return i;
            }
        }
        throw new AssertionError("checked by the constructor");
    }
}
