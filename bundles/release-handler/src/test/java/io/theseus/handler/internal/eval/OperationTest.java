// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.handler.internal.store.JournalEntry.Kind;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which entries of the journal must reach the disk before anything else happens. */
class OperationTest {
    private record Entry(Kind kind, boolean forced) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Operation operation = new Operation(
            (kind, data, force) -> entries.add(new Entry(kind, force)),
            Clock.systemUTC(),
            new Operation.Asked(
                    1,
                    "install",
                    ReleaseId.parse("shop/1.0.0"),
                    ReleaseId.parse("shop/2.0.0"),
                    new Asker("me", ""),
                    Progress.SILENT));

    @Test
    void theBeginningAndTheEndDo() {
        operation.end(Report.Outcome.DONE);

        assertThat(entries).containsExactly(new Entry(Kind.BEGIN, true), new Entry(Kind.END, true));
    }

    @Test
    void manyStepsInNoTimeReachItTogether() throws Exception {
        for (int i = 0; i < 1000; i++) {
            operation.step("prepare", "nothing", () -> {});
        }

        assertThat(entries).hasSize(2001);
        assertThat(entries.stream().filter(Entry::forced)).hasSizeLessThan(1000);
    }

    @Test
    void aStepThatMustBeCertainDoes() throws Exception {
        operation.step("prepare", "before", () -> {});
        int before = entries.size();

        operation.certain();
        operation.step("prepare", "point_of_no_return", () -> {});

        assertThat(entries.get(before)).isEqualTo(new Entry(Kind.INTENT, true));
    }

    @Test
    void nothingDoesWhileCallersWait() throws Exception {
        operation.callersWait(true);
        operation.certain();
        operation.step("switch", "load", () -> {});

        assertThat(entries.subList(1, entries.size())).isNotEmpty().noneMatch(Entry::forced);
    }
}
