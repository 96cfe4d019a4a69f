// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.release.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** An instruction failed; what was done before it must be taken back. */
final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    FailedException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    FailedException(Problem problem) {
        this(List.of(problem));
    }

    List<Problem> problems() {
        return problems;
    }
}
