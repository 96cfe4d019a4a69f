// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.load;

import java.util.ArrayList;
import java.util.List;

/**
 * How long calls took, of one caller, by tenths of a second and by eighths of a power of two. Thread safety: written by one thread, read
 * by others after that has ended.
 */
final class Slots {
    private static final int BUCKETS = 64 * 8;
    private static final long SLOT_NANOS = 100_000_000;

    private final long begun;
    private final List<int[]> slots = new ArrayList<>();
    private long longest;
    private long longestAt;

    Slots(long begun) {
        this.begun = begun;
    }

    void took(long nanos, long now) {
        int slot = (int) ((now - begun) / SLOT_NANOS);
        while (slots.size() <= slot) {
            slots.add(new int[BUCKETS]);
        }
        slots.get(slot)[bucket(nanos)]++;
        if (nanos > longest) {
            longest = nanos;
            longestAt = now - begun;
        }
    }

    long longest() {
        return longest;
    }

    /** When the longest call ended, in nanoseconds since the start. */
    long longestAt() {
        return longestAt;
    }

    /** The time that a share of the calls of some slots of many callers did not exceed, in nanoseconds; 0 without calls. */
    static long quantile(List<Slots> callers, long fromNanos, long toNanos, double share) {
        long[] sums = new long[BUCKETS];
        long calls = 0;
        for (Slots caller : callers) {
            int end = (int) Math.min(caller.slots.size(), toNanos / SLOT_NANOS);
            for (int slot = (int) Math.max(0, fromNanos / SLOT_NANOS); slot < end; slot++) {
                int[] counts = caller.slots.get(slot);
                for (int i = 0; i < BUCKETS; i++) {
                    sums[i] += counts[i];
                    calls += counts[i];
                }
            }
        }
        long wanted = (long) Math.ceil(calls * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS && calls > 0; i++) {
            seen += sums[i];
            if (seen >= wanted) {
                return upper(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        long n = Math.max(8, nanos);
        int power = 63 - Long.numberOfLeadingZeros(n);
        return power * 8 + (int) ((n >>> (power - 3)) & 7);
    }

    private static long upper(int bucket) {
        int power = bucket / 8;
        return ((8L + bucket % 8 + 1) << power) >>> 3;
    }
}
