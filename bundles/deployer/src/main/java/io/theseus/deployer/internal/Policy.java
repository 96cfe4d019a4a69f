// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operator decided once for all files, in {@code etc/io.theseus.deployer.cfg}.
 *
 * @param bake zero: health is not watched
 * @param refresh whether what is of no release, and wired to what goes, is wired anew
 */
record Policy(Way install, Duration bake, Way makePermanent, Way refresh, Refused refused, Removal removal) {
    static final Policy DEFAULT =
            new Policy(Way.AUTO, Duration.ofSeconds(10), Way.AUTO, Way.MANUAL, Refused.KEEP, Removal.APPLICATION);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    /** Who decides. */
    enum Way {
        AUTO,
        MANUAL
    }

    /** What happens to a refused file. */
    enum Refused {
        KEEP,
        MOVE
    }

    /** What goes with a file. */
    enum Removal {
        /** The application, if files alone have brought it. */
        APPLICATION,
        NOTHING
    }

    /** @param complaint hears of every value that is none; the default is taken for it */
    static Policy of(Map<String, ?> properties, Consumer<String> complaint) {
        return new Policy(
                choice(properties, "install", DEFAULT.install, complaint),
                duration(properties, "bake", DEFAULT.bake, complaint),
                choice(properties, "make-permanent", DEFAULT.makePermanent, complaint),
                choice(properties, "refresh", DEFAULT.refresh, complaint),
                choice(properties, "refused", DEFAULT.refused, complaint),
                choice(properties, "removal", DEFAULT.removal, complaint));
    }

    InstallOptions options() {
        InstallOptions watched = bake.isZero() ? InstallOptions.DEFAULT : InstallOptions.DEFAULT.withBake(bake);
        if (makePermanent == Way.MANUAL) {
            return watched;
        }
        return refresh == Way.AUTO ? watched.thenPermanent().refreshing() : watched.thenPermanent();
    }

    PermanentOptions permanent() {
        return refresh == Way.AUTO ? PermanentOptions.DEFAULT.refreshing() : PermanentOptions.DEFAULT;
    }

    private static <E extends Enum<E>> E choice(
            Map<String, ?> properties, String key, E otherwise, Consumer<String> complaint) {
        String text = text(properties, key);
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        for (E each : all) {
            if (word(each).equalsIgnoreCase(text)) {
                return each;
            }
        }
        complain(key, text, "is neither " + word(all[0]) + " nor " + word(all[1]), word(otherwise), complaint);
        return otherwise;
    }

    private static Duration duration(
            Map<String, ?> properties, String key, Duration otherwise, Consumer<String> complaint) {
        String text = text(properties, key);
        Matcher form = DURATION.matcher(text);
        if (form.matches()) {
            long number = Long.parseLong(form.group(1));
            return switch (form.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
        complain(key, text, "is no duration as 500ms, 30s or 2m", otherwise.toSeconds() + "s", complaint);
        return otherwise;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Map<String, ?> properties, String key) {
        Object value = properties.get(key);
        return value == null ? "" : value.toString().strip();
    }

    // What is not said at all is no mistake.
    private static void complain(String key, String text, String what, String taken, Consumer<String> complaint) {
        if (!text.isEmpty()) {
            complaint.accept(key + " = " + text + " " + what + "; taken is " + taken);
        }
    }
}
