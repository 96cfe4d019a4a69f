// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What went wrong, as values. */
public final class Problems {
    private Problems() {}

    /** @param where the instruction, for what does not say itself where it happened */
    public static List<Problem> of(Throwable e, String where) {
        if (e instanceof FailedException failed) {
            return failed.problems();
        }
        if (e instanceof RefusedException refused) {
            return refused.problems();
        }
        if (e instanceof VetoedException vetoed) {
            return List.of(Problem.of(
                    "not-quiet", where, vetoed.application() + " keeps calling an application that is suspended"));
        }
        return List.of(Problem.of("failed", where, sentence(e)));
    }

    /** What an exception says, in a line. */
    public static String sentence(Throwable e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getName() : firstLine(message, cause);
    }

    private static String firstLine(String message, Throwable cause) {
        return message.lines().findFirst().orElse("") + " (" + cause.getClass().getSimpleName() + ")";
    }
}
