// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a request did: the truth, with what was waited for, interrupted, skipped or left over.
 *
 * @param operation {@code install, rollback, make-permanent, check, eval, upgrade, downgrade, trial ...}
 * @param outcome how it ended
 * @param who the user that asked, {@code -} when unknown
 * @param reason why, in the words of who asked; empty when nothing was said
 * @param figures name to value, names as in {@link Figure}; times are in microseconds
 * @param steps what was done, in order
 * @param problems what failed or was left; empty when all went well
 */
public record Report(
        long number,
        String operation,
        ReleaseId from,
        ReleaseId to,
        Outcome outcome,
        Instant at,
        Duration took,
        String who,
        String reason,
        Map<String, Long> figures,
        List<Line> steps,
        List<Problem> problems) {

    public Report {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(reason, "reason");
        figures = Map.copyOf(figures);
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
    }

    /** How a request ended. */
    public enum Outcome {
        /** Done as asked. */
        DONE,
        /** Done as far as this JVM can: the container restarts. After an install a report {@code trial} tells how that ended. */
        RESTARTING,
        /** Not begun: nothing has changed. */
        REFUSED,
        /** Begun, failed, and taken back: states and services are as they were. */
        UNDONE,
        /** Done, and not well in the bake; it was not rolled back, because that would lose something: the operator decides. */
        UNHEALTHY,
        /** Failed, and taking it back failed too; nothing more is done, and the container must restart into the permanent release. */
        BROKEN,
        /** The JVM ended before the request did. */
        INTERRUPTED
    }

    /**
     * One step.
     *
     * @param text the instruction or a fact
     * @param took how long
     */
    public record Line(String text, Duration took) {}

    /** Names of the figures; all may be absent. */
    public static final class Figure {
        /** The switch itself, in microseconds. */
        public static final String SWITCH_US = "switch_us";
        /** From the first gate closed to the last gate open, in microseconds. */
        public static final String SUSPENDED_US = "suspended_us";
        /** Calls that waited at a gate. */
        public static final String WAITED = "waited_calls";
        /** The longest wait at a gate, in microseconds. */
        public static final String LONGEST_WAIT_US = "longest_wait_us";
        /** Calls that failed at a gate: timeout or interrupt. */
        public static final String GATE_FAILURES = "gate_failures";
        /** Calls that were still in the old generation when it was purged. */
        public static final String INTERRUPTED = "interrupted_calls";
        /** Class loaders of purged bundles still reachable at the end. */
        public static final String LEAKED_LOADERS = "leaked_loaders";

        private Figure() {}
    }
}
