// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A high-level instruction of an appup, expanded to its full form. */
public sealed interface HighLevel {
    /** The line it stands on, 1 is the first; 0 for generated ones. */
    int line();

    /** New code without state. */
    record LoadBundle(PurgeMethod prePurge, PurgeMethod postPurge, int line) implements HighLevel {}

    /**
     * A component that is suspended while its code changes.
     *
     * @param advanced whether it hands its state over; soft otherwise
     * @param timeout to get quiet; empty: the budget of the install; {@link #FOREVER}: no limit
     */
    record Update(
            String component,
            boolean advanced,
            Map<String, Object> extra,
            List<String> allowLoss,
            Optional<Duration> timeout,
            PurgeMethod prePurge,
            PurgeMethod postPurge,
            int line)
            implements HighLevel {
        /** {@code timeout: infinity}: the longest time that still is a number of nanoseconds. */
        public static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

        public Update {
            extra = Map.copyOf(extra);
            allowLoss = List.copyOf(allowLoss);
        }
    }

    record AddApplication(String application, StartType type, int line) implements HighLevel {}

    record RemoveApplication(String application, int line) implements HighLevel {}

    /**
     * Stops the old and starts the new one, behind a closed gate.
     *
     * @param application empty: the one whose appup this is
     */
    record RestartApplication(String application, StartType type, int line) implements HighLevel {}

    record Apply(String action, Map<String, Object> args, int line) implements HighLevel {
        public Apply {
            args = Map.copyOf(args);
        }
    }
}
