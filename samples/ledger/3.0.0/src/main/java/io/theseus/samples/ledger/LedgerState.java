// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.ledger;

import io.theseus.api.StateDefault;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/**
 * What one version of the ledger hands to the next. The map and all that is in it are types of the JDK, so it is passed by
 * reference; the batches are records of this application, so each is made anew as a record of the successor. New in 3.0.0:
 * whether the books were audited, which those of before never were.
 */
record LedgerState(
        ConcurrentMap<String, Long> balances,
        long postings,
        List<Batch> batches,
        @StateDefault("EUR") String currency,
        @StateDefault("false") boolean audited) {
    LedgerState {
        batches = List.copyOf(batches);
    }
}
