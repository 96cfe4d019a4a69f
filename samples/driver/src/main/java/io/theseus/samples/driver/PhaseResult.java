// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import io.theseus.samples.driver.Tally.Counts;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one phase gave.
 *
 * @param leaked class loaders of purged bundles that are still reachable
 * @param problem what the container did otherwise than it should
 */
record PhaseResult(
        Phase phase,
        Counts counts,
        OptionalLong switchUs,
        OptionalLong suspendedUs,
        OptionalLong installUs,
        long leaked,
        Optional<String> problem) {

    /** Which phase, and between which releases. */
    record Phase(String name, String from, String to) {
        static final String RESTART = "restart";

        /** Whether sessions go on: they end with the JVM. */
        boolean keepsSessions() {
            return !name.equals(RESTART);
        }
    }

    boolean passed() {
        return problem.isEmpty() && counts.clean() && leaked == 0 && (counts.sessionsKept() || !phase.keepsSessions());
    }

    /** The same, for a phase that began with the end of all sessions. */
    PhaseResult withoutSessions() {
        return new PhaseResult(phase, counts.withoutSessions(), switchUs, suspendedUs, installUs, leaked, problem);
    }

    /** The line for machines; {@code -} stands for what there was none of. */
    String line() {
        return "RESULT phase=" + phase.name() + " from=" + phase.from() + " to=" + phase.to()
                + " calls=" + counts.calls()
                + " failed=" + counts.failed()
                + " mixed=" + counts.mixed()
                + " p50_ms=" + millis(counts.p50Ms())
                + " p99_ms=" + millis(counts.p99Ms())
                + " longest_ms=" + millis(counts.longestMs())
                + " switch_us=" + (switchUs.isPresent() ? Long.toString(switchUs.getAsLong()) : "-")
                + " suspended_ms=" + millis(suspendedUs)
                + " install_ms=" + millis(installUs)
                + " lost_postings=" + counts.lost()
                + " sessions_kept=" + counts.sessionsKept()
                + " leaked_loaders=" + leaked
                + " stall_ms=" + millis(counts.stallMs());
    }

    static String millis(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String millis(OptionalLong micros) {
        return micros.isPresent() ? millis(micros.getAsLong() / 1000.0) : "-";
    }
}
