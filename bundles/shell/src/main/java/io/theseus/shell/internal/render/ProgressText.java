// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import java.time.Duration;
import java.util.Locale;

/** One line of progress: elapsed seconds, phase, text. */
public final class ProgressText {
    private ProgressText() {}

    public static String line(String phase, String text, Duration elapsed) {
        return String.format(Locale.ROOT, "%9.3f s  %-8s  %s", elapsed.toNanos() / 1e9, phase, text);
    }
}
