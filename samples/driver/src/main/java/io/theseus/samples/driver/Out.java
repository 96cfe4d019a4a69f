// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.io.PrintStream;
import java.util.Locale;

/** What the user reads: every line with the seconds since the start and whose it is. Thread safety: by its monitor. */
final class Out {
    private final PrintStream stream;
    private final long start = System.nanoTime();

    Out(PrintStream stream) {
        this.stream = stream;
    }

    /** A line of the demo itself. */
    void say(String line) {
        timed("", line);
    }

    /** A line of the container. */
    void quote(String line) {
        timed("  | ", line);
    }

    /** A line for machines, as it is. */
    synchronized void plain(String line) {
        stream.println(line);
        stream.flush();
    }

    private void timed(String mark, String line) {
        plain(String.format(Locale.ROOT, "[%6.1f s] %s%s", (System.nanoTime() - start) / 1e9, mark, line));
    }
}
