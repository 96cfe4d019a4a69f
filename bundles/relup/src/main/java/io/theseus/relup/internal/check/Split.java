// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.check;

import io.theseus.relup.HighLevel;
import io.theseus.relup.Instruction;
import io.theseus.relup.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * Pass 2 of OTP's translation, split at the point of no return: without one everything is after it. Before it only
 * {@code load_object_code} and {@code apply} may stand, and there is one at most. A {@code load_object_code} behind it is moved before it.
 */
public record Split(List<HighLevel> before, List<HighLevel> after) {
    public Split {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    public static Split of(List<HighLevel> instructions) {
        for (int i = 0; i < instructions.size(); i++) {
            if (point(instructions.get(i))) {
                return new Split(instructions.subList(0, i), instructions.subList(i + 1, instructions.size()));
            }
        }
        return new Split(List.of(), instructions);
    }

    public static List<Finding> findings(List<HighLevel> instructions) {
        List<Finding> findings = new ArrayList<>();
        List<Place> points =
                instructions.stream().filter(Split::point).map(HighLevel::place).toList();
        points.stream()
                .skip(1)
                .forEach(p -> findings.add(new Finding(
                        p,
                        "a second point_of_no_return, after line "
                                + points.get(0).line(),
                        "a script has one: keep one")));
        of(instructions).before().stream()
                .filter(i -> !early(i))
                .forEach(i -> findings.add(new Finding(
                        i.place(),
                        "'" + Words.name(i) + "' before the point of no return could not be thrown away",
                        "only load_object_code and apply may stand before it")));
        return findings;
    }

    /** Restarts have their place at the beginning and at the end, wherever they are written. */
    private static boolean early(HighLevel instruction) {
        return instruction instanceof HighLevel.Apply
                || instruction instanceof HighLevel.RestartNewContainer
                || instruction instanceof HighLevel.RestartContainer
                || (instruction instanceof HighLevel.LowLevel low
                        && low.instruction() instanceof Instruction.LoadObjectCode);
    }

    private static boolean point(HighLevel instruction) {
        return instruction instanceof HighLevel.LowLevel low
                && low.instruction() instanceof Instruction.PointOfNoReturn;
    }
}
