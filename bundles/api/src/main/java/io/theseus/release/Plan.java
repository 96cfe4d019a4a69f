// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import io.theseus.api.Direction;
import java.util.List;
import java.util.Objects;

/**
 * What an install would do, decided without doing any of it.
 *
 * @param applications a row for every bundle that comes, goes or changes, in the order of the script
 * @param script the low-level script, one instruction a line, as compiled
 * @param brings what the features of the target bring besides bundles, in the order in which an install does
 * @param notes what the operator must know: pauses, state that is not handed over, what a rollback would lose
 * @param problems why it can not be done; empty means it can
 */
public record Plan(
        ReleaseId from,
        ReleaseId to,
        Direction direction,
        List<Row> applications,
        List<Step> script,
        List<Brought> brings,
        List<String> notes,
        List<Problem> problems) {

    public Plan {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(direction, "direction");
        applications = List.copyOf(applications);
        script = List.copyOf(script);
        brings = List.copyOf(brings);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    /** A plan of a release that brings nothing but bundles. */
    public Plan(
            ReleaseId from,
            ReleaseId to,
            Direction direction,
            List<Row> applications,
            List<Step> script,
            List<String> notes,
            List<Problem> problems) {
        this(from, to, direction, applications, script, List.of(), notes, problems);
    }

    /**
     * One application of a plan.
     *
     * @param from version that runs, empty for one that comes
     * @param to version of the target, empty for one that goes
     * @param how the high-level instructions, as {@code update ledger.Accounts, load_bundle}
     * @param origin {@code appup}, {@code generated} or {@code relup}
     * @param why the reason for {@code how}
     */
    public record Row(String application, String from, String to, String how, String origin, String why) {}

    /**
     * One low-level instruction.
     *
     * @param instruction as the relup file would show it
     * @param from what it was compiled from: a file and line, or {@code generated}
     */
    public record Step(String instruction, String from) {}

    /**
     * A configuration or a file that comes with the release. It goes again if the release is taken back before it is permanent.
     *
     * @param name a PID, {@code factoryPid~name} for one of a factory; of a file where it goes, as in {@link Features#files}
     * @param there whether there is one already: it is left as it is, also when the release is taken back
     */
    public record Brought(Kind kind, String name, boolean there) {
        /** What it is. */
        public enum Kind {
            CONFIGURATION,
            FILE
        }
    }
}
