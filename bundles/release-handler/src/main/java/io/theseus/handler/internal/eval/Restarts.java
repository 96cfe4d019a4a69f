// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.api.Direction;
import io.theseus.relup.Instruction;
import io.theseus.relup.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a script is done before the container restarts, and what after. <em>Cold</em> is a script that switches nothing while the container
 * runs: the new code is started by the next start only.
 *
 * <pre>
 *               before                                          restart               after
 *   hot         everything                                      restart_container     -
 *   cold        apply of the old version                        either of the two     apply of the new version, sync_nodes
 *               set_config, when nobody is there any more
 * </pre>
 */
public record Restarts(Script script) {
    public boolean any() {
        return first()
                || script.instructions(Instruction.RestartContainer.class)
                        .findAny()
                        .isPresent();
    }

    public boolean cold() {
        return first()
                || (any()
                        && Stream.of(Instruction.LoadObjectCode.class, Instruction.Load.class, Instruction.Remove.class)
                                .allMatch(kind ->
                                        script.instructions(kind).findAny().isEmpty()));
    }

    private boolean first() {
        return script.instructions(Instruction.RestartNewContainer.class)
                .findAny()
                .isPresent();
    }

    /** What a cold script does before its point of no return. */
    List<Instruction> early() {
        return script.instructionsBefore(Instruction.class).stream()
                .filter(Restarts::ofTheOld)
                .toList();
    }

    /** What is done after the point of no return, before the container restarts. */
    List<Instruction> steps() {
        List<Instruction> after = script.afterPointOfNoReturn().stream()
                .map(Script.Step::instruction)
                .toList();
        if (!cold()) {
            return after;
        }
        List<Instruction> steps =
                new ArrayList<>(after.stream().filter(Restarts::ofTheOld).toList());
        steps.add(restart());
        after.stream().filter(Instruction.SetConfig.class::isInstance).forEach(steps::add);
        return steps;
    }

    /** What is left for the container that has come up in the release. */
    public List<Instruction> later() {
        return cold()
                ? script.instructions(Instruction.class)
                        .filter(i ->
                                i instanceof Instruction.SyncNodes || (i instanceof Instruction.Apply && !ofTheOld(i)))
                        .toList()
                : List.of();
    }

    private Instruction restart() {
        return script.instructions(Instruction.class)
                .filter(i -> i instanceof Instruction.RestartNewContainer || i instanceof Instruction.RestartContainer)
                .findFirst()
                .orElseThrow();
    }

    private static boolean ofTheOld(Instruction instruction) {
        return instruction instanceof Instruction.Apply apply && apply.direction() == Direction.DOWN;
    }
}
