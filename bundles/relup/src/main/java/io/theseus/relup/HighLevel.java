// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.release.StartType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instruction of an appup, expanded to its full form. What {@code depends} names is a bundle, by Bundle-SymbolicName, or a component
 * that has an instruction in any appup of the release.
 */
public sealed interface HighLevel {
    Place place();

    /**
     * New code without state.
     *
     * @param bundle empty: the application whose appup this is
     */
    record LoadBundle(
            Optional<String> bundle, PurgeMethod prePurge, PurgeMethod postPurge, List<String> depends, Place place)
            implements HighLevel {
        public LoadBundle {
            depends = List.copyOf(depends);
        }
    }

    /** A helper bundle that comes with the release. */
    record AddBundle(String bundle, List<String> depends, Place place) implements HighLevel {
        public AddBundle {
            depends = List.copyOf(depends);
        }
    }

    /** A helper bundle that goes with the release. */
    record DeleteBundle(String bundle, List<String> depends, Place place) implements HighLevel {
        public DeleteBundle {
            depends = List.copyOf(depends);
        }
    }

    /**
     * A component that is suspended while its code changes.
     *
     * @param change {@link Change#ADVANCED}: it hands its state over
     * @param timeout to get quiet; empty: the budget of the install; {@link #FOREVER}: no limit
     */
    record Update(
            String component,
            Change change,
            Map<String, Object> extra,
            List<String> allowLoss,
            Optional<Duration> timeout,
            OnTimeout onTimeout,
            Kind kind,
            PurgeMethod prePurge,
            PurgeMethod postPurge,
            List<String> depends,
            Place place)
            implements HighLevel {
        /** {@code timeout: infinity}: the longest time that still is a number of nanoseconds. */
        public static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

        public Update {
            extra = Map.copyOf(extra);
            allowLoss = List.copyOf(allowLoss);
            depends = List.copyOf(depends);
        }

        /** The generated form: all defaults. */
        public static Update generated(String component, Change change) {
            return new Update(
                    component,
                    change,
                    Map.of(),
                    List.of(),
                    Optional.empty(),
                    OnTimeout.FAIL,
                    Kind.STATIC,
                    PurgeMethod.BRUTAL,
                    PurgeMethod.BRUTAL,
                    List.of(),
                    Place.GENERATED);
        }

        public boolean advanced() {
            return change == Change.ADVANCED;
        }
    }

    /** Whether a component hands its state over. */
    enum Change {
        /** It is suspended, and its successor starts with nothing. */
        SOFT,
        /** It hands its state over. */
        ADVANCED
    }

    /** When the state is handed over on the way down. On the way up it always is after the switch. */
    enum Kind {
        /** After the switch: the target may call what the old generation does not have. */
        STATIC,
        /** Before the switch, as OTP does for all but supervisors: a failure costs less. */
        DYNAMIC
    }

    /** @param type empty: as the release says */
    record AddApplication(String application, Optional<StartType> type, Place place) implements HighLevel {}

    record RemoveApplication(String application, Place place) implements HighLevel {}

    /**
     * Stops the old and starts the new one, behind a closed gate.
     *
     * @param application empty: the one whose appup this is
     * @param type empty: as the release says
     */
    record RestartApplication(Optional<String> application, Optional<StartType> type, Place place)
            implements HighLevel {}

    /** @param timeout how long it may take; empty: as of {@link Instruction.Apply} */
    record Apply(String action, Map<String, Object> args, Optional<Duration> timeout, Place place)
            implements HighLevel {
        public Apply {
            args = Map.copyOf(args);
        }
    }

    /** Starts the container anew, in the target release: nothing is switched while it runs. */
    record RestartNewContainer(Place place) implements HighLevel {}

    /** Starts the container anew when everything else is done. */
    record RestartContainer(Place place) implements HighLevel {}

    /** An instruction that is the same in an appup and in a script. */
    record LowLevel(Instruction instruction, Place place) implements HighLevel {}
}
