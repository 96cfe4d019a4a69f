// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.relup.Instruction;
import java.util.IdentityHashMap;
import java.util.Optional;

/**
 * What components do after the point of no return, made before it: while callers wait there is no time for that. Each is taken once. When a component
 * is skipped, or the gates have to open once more, all of it is forgotten, and made from what is there then.
 *
 * <p>Thread safety: as {@link Run}.
 */
final class Ready {
    private final IdentityHashMap<Instruction, Prepared<Suspended>> suspends = new IdentityHashMap<>();
    private final IdentityHashMap<Instruction, Prepared<Instance>> changes = new IdentityHashMap<>();
    private final IdentityHashMap<Instruction, Batch> resumes = new IdentityHashMap<>();

    void put(Instruction.Suspend instruction, Prepared<Suspended> prepared) {
        suspends.put(instruction, prepared);
    }

    void put(Instruction.CodeChange instruction, Prepared<Instance> prepared) {
        changes.put(instruction, prepared);
    }

    void put(Instruction.Resume instruction, Batch prepared) {
        resumes.put(instruction, prepared);
    }

    Optional<Prepared<Suspended>> take(Instruction.Suspend instruction) {
        return Optional.ofNullable(suspends.remove(instruction));
    }

    Optional<Prepared<Instance>> take(Instruction.CodeChange instruction) {
        return Optional.ofNullable(changes.remove(instruction));
    }

    Optional<Batch> take(Instruction.Resume instruction) {
        return Optional.ofNullable(resumes.remove(instruction));
    }

    void forget() {
        suspends.clear();
        changes.clear();
        resumes.clear();
    }
}
