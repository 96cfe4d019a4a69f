// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as a person types them: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private static final Duration LONGEST = Duration.ofDays(365);

    private Durations() {}

    /**
     * @param option the option it was given to, for the message
     * @throws RefusedException {@code bad-argument}
     */
    static Duration parse(String option, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new RefusedException(Problem.of("bad-argument", option, "'" + text + "' is no duration")
                    .withHint("write a number and a unit, as in 500ms, 30s or 2m"));
        }
        long number = Long.parseLong(form.group(1));
        Duration duration = switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        if (duration.compareTo(LONGEST) > 0) {
            throw new RefusedException(Problem.of("bad-argument", option, "'" + text + "' is too long")
                    .withHint("write at most a year, " + LONGEST.toHours() + "h"));
        }
        return duration;
    }
}
