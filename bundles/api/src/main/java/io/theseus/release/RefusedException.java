// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A request was refused and nothing has changed. Carries every reason, not only the first; the message is their
 * sentences, a line each.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public RefusedException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public RefusedException(Problem problem) {
        this(List.of(problem));
    }

    public List<Problem> problems() {
        return problems;
    }
}
