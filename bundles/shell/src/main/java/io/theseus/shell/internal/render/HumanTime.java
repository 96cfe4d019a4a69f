// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import java.time.Duration;
import java.util.Locale;

/** Times in the unit a person would choose. */
final class HumanTime {
    private HumanTime() {}

    static String of(Duration time) {
        return ofMicros(time.toNanos() / 1000);
    }

    static String ofMicros(long micros) {
        if (micros < 1000) {
            return micros + " us";
        }
        if (micros < 1_000_000) {
            return decimal(micros / 1000.0) + " ms";
        }
        long seconds = micros / 1_000_000;
        if (seconds < 60) {
            return decimal(micros / 1_000_000.0) + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
