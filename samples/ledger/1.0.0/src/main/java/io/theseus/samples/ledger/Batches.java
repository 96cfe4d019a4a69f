// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.ledger;

import java.util.ArrayDeque;
import java.util.List;

/** The open batch and the last closed ones. Thread safety: everything under its monitor. */
final class Batches {
    static final int KEPT = 100;

    private final ArrayDeque<Batch> closed;
    private long postings;
    private long openPostings;
    private long openCents;

    Batches(long postings, List<Batch> closed) {
        this.postings = postings;
        this.closed = new ArrayDeque<>(closed);
    }

    synchronized void posted(long cents) {
        postings++;
        openPostings++;
        openCents += cents;
    }

    /** Closes the open batch, if anything is in it. */
    synchronized void close() {
        if (openPostings == 0) {
            return;
        }
        closed.addLast(new Batch(lastNumber() + 1, openPostings, openCents));
        if (closed.size() > KEPT) {
            closed.removeFirst();
        }
        openPostings = 0;
        openCents = 0;
    }

    synchronized long postings() {
        return postings;
    }

    synchronized long lastNumber() {
        return closed.isEmpty() ? 0 : closed.getLast().number();
    }

    synchronized List<Batch> closed() {
        return List.copyOf(closed);
    }
}
