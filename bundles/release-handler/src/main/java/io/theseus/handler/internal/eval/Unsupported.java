// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.release.Problem;
import io.theseus.relup.Instruction;
import io.theseus.relup.Script;
import java.util.List;
import java.util.stream.Stream;

/** Instructions that a script may have and that this container can not do yet. Asked before anything changes. */
final class Unsupported {
    private Unsupported() {}

    static List<Problem> in(Script script) {
        return Stream.of(
                        script.instructions(Instruction.RestartNewContainer.class)
                                .map(i -> "restart_new_container"),
                        script.instructions(Instruction.RestartContainer.class).map(i -> "restart_container"))
                .flatMap(s -> s)
                .distinct()
                .map(name -> Problem.of("not-supported", name, "is not supported by this container yet")
                        .withHint("leave it out"))
                .toList();
    }
}
