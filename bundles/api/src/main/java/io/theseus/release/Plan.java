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
 * @param notes what the operator must know: pauses, state that is not handed over, what a rollback would lose
 * @param problems why it can not be done; empty means it can
 */
public record Plan(
        ReleaseId from,
        ReleaseId to,
        Direction direction,
        List<Row> applications,
        List<Step> script,
        List<String> notes,
        List<Problem> problems) {

    public Plan {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(direction, "direction");
        applications = List.copyOf(applications);
        script = List.copyOf(script);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
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
}
