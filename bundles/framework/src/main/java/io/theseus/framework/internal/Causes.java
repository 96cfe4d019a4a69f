// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/** Says what an exception was, in one line and without a stack trace. */
final class Causes {
    private static final String CAUSED_BY = "Caused by: ";

    private Causes() {}

    /** The innermost cause, with its type unless it is a framework's own wrapping. */
    static String text(Throwable failure) {
        Throwable innermost = failure;
        @Nullable Throwable next = failure.getCause();
        while (next != null) {
            innermost = next;
            next = next.getCause();
        }
        if (innermost == failure
                || innermost instanceof InvocationTargetException
                || innermost instanceof BundleException) {
            return firstLine(String.valueOf(innermost.getMessage()));
        }
        return firstLine(innermost.toString());
    }

    /** The same from a printed stack trace: what is behind its last "Caused by". */
    static String textOfStackTrace(String trace) {
        return trace.lines()
                .filter(line -> line.startsWith(CAUSED_BY))
                .reduce((first, second) -> second)
                .map(line -> line.substring(CAUSED_BY.length()))
                .orElseGet(() -> firstLine(trace));
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("");
    }
}
