// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.hoard;

import io.theseus.benchmarks.fleet.api.Held;
import io.theseus.benchmarks.fleet.api.Part;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps entries, each of which knows its key; a call looks at one of them. Thread safety: safe for use by many threads. */
abstract class Keeper<H extends Held> implements Part {
    /** Replaced by the version when the application is made. */
    private static final String VERSION = "@version@";

    private static final long SCATTERED = 7919;

    // Plain fields: Theseus writes them with an edge to the calls before and after.
    private AtomicLong calls = new AtomicLong();
    private Map<Long, H> rows = new HashMap<>();

    /** Makes the entry of a key. */
    abstract H row(long key, String text);

    @Override
    public String call(int depth) {
        // It counts for all the parts that are asked.
        long key = calls.addAndGet(depth) * SCATTERED % rows.size();
        H row = rows.get(key);
        if (row == null || row.amount() != key || !row.text().endsWith(Long.toString(key))) {
            throw new IllegalStateException("of " + rows.size() + " entries " + key + " is " + row);
        }
        return VERSION;
    }

    @Override
    public long calls() {
        return calls.get();
    }

    AtomicLong counter() {
        return calls;
    }

    Map<Long, H> rows() {
        return rows;
    }

    void take(AtomicLong counted, Map<Long, H> taken) {
        calls = counted;
        rows = taken;
    }

    /** Fills it, if it has taken nothing over. */
    void fill() {
        int entries = Integer.getInteger("hoard.entries", 0);
        for (long key = rows.size(); key < entries; key++) {
            rows.put(key, row(key, "entry " + key));
        }
    }
}
