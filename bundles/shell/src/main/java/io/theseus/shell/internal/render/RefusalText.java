// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.release.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Problems as sentences, a line each. */
public final class RefusalText {
    private RefusalText() {}

    public static String of(List<Problem> problems) {
        return "Refused, nothing has changed:\n" + lines(problems);
    }

    static String lines(List<Problem> problems) {
        return problems.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n"));
    }
}
