// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.relup.Instruction;
import io.theseus.relup.Script;
import io.theseus.relup.Script.Step;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What has been rehearsed since the container started: code that has run does not get faster by another rehearsal. Used by the handler thread. */
final class Rehearsed {
    private final Set<Class<?>> kinds = new HashSet<>();
    private long handovers;

    /** Whether every kind of instruction of a script has run, and as many handovers in one script: the more there are, the more of their code is compiled. */
    boolean covers(Script script) {
        return kinds.containsAll(kinds(script)) && handovers(script) <= handovers;
    }

    void add(Script script) {
        kinds.addAll(kinds(script));
        handovers = Math.max(handovers, handovers(script));
    }

    private static Set<Class<?>> kinds(Script script) {
        return script.afterPointOfNoReturn().stream()
                .map(Step::instruction)
                .map(Object::getClass)
                .collect(Collectors.toSet());
    }

    private static long handovers(Script script) {
        return script.instructions(Instruction.CodeChange.class)
                .mapToLong(change -> change.handovers().size())
                .sum();
    }
}
