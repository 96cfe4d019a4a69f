// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.relup.HighLevel;
import io.theseus.relup.Instruction.Suspend.Suspended;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the appup of one application, or its lack, makes to be done.
 *
 * @param early actions before the point of no return
 * @param opening what is waited for before callers are, before anything changes
 * @param instructions everything else; low-level ones are only those that stay as they are
 * @param gates more gates to close
 */
record Todo(
        List<HighLevel.Apply> early,
        List<HighLevel.LowLevel> opening,
        List<HighLevel> instructions,
        List<Suspended> gates) {
    Todo {
        early = List.copyOf(early);
        opening = List.copyOf(opening);
        instructions = List.copyOf(instructions);
        gates = List.copyOf(gates);
    }

    /** What is generated. */
    static Todo of(List<HighLevel> instructions) {
        return new Todo(List.of(), List.of(), instructions, List.of());
    }

    Todo with(List<HighLevel> other) {
        return new Todo(early, opening, other, gates);
    }

    Todo without(Predicate<HighLevel> which) {
        return with(instructions.stream().filter(which.negate()).toList());
    }
}
