// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.ledger;

import io.theseus.api.StateDefault;

/** What was posted between two closings. The first batch has number 1. */
record Batch(
        long number,
        long postings,
        long cents,
        @StateDefault("EUR") String currency) {}
