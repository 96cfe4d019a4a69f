// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.HighLevel;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 5s}, {@code 2m}, {@code infinity}. */
final class DurationText {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m)");

    private DurationText() {}

    static Optional<Duration> read(Yaml.Scalar scalar, Problems problems) {
        if (scalar.text().equals("infinity")) {
            return Optional.of(HighLevel.Update.FOREVER);
        }
        Matcher m = TEXT.matcher(scalar.text());
        if (!m.matches()) {
            problems.add(
                    scalar.place(), "'" + scalar.text() + "' is no duration", "write it as 500ms, 5s, 2m or infinity");
            return Optional.empty();
        }
        long amount = Long.parseLong(m.group(1));
        Duration duration = switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
        if (duration.compareTo(LONGEST) > 0) {
            problems.add(scalar.place(), "'" + scalar.text() + "' is too long", "write at most a year, or infinity");
            return Optional.empty();
        }
        return Optional.of(duration);
    }
}
