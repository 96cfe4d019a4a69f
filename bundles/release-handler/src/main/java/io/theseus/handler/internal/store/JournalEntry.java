// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the journal.
 *
 * @param seq 1 is the first
 * @param data as written; what is in it depends on the kind
 */
public record JournalEntry(long seq, Instant time, Kind kind, Map<String, Object> data) {
    public JournalEntry {
        // In the order of writing, for whoever reads the file.
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** What a line says. */
    public enum Kind {
        /** A request begins: {@code number, operation, from, to, who}. */
        BEGIN,
        /** A step is about to be done: {@code number, step, text}. */
        INTENT,
        /** That step is done: {@code number, step, took_us}. */
        OUTCOME,
        /** That step failed: {@code number, step, problem}. */
        FAILURE,
        /** A step is about to be taken back: {@code number, step, text}. */
        UNDO,
        /** A request ended: {@code report}. */
        END
    }
}
