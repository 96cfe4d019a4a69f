// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What clients noticed during one phase. Thread safety: safe for use by many threads. */
final class Tally {
    private static final int FAILURES_KEPT = 5;

    private final long start = System.nanoTime();
    private final LongAdder calls = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder mixed = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder sessionsLost = new LongAdder();
    private final Map<String, LongAdder> releases = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final Histogram nanos = new ConcurrentHistogram(3);
    private final LongAccumulator stalled = new LongAccumulator(Math::max, 0);

    void answered(long tookNanos) {
        calls.increment();
        nanos.recordValue(Math.max(0, tookNanos));
    }

    /** The driver itself was held up, by the machine or by its own garbage collector. */
    void stalled(long tookNanos) {
        stalled.accumulate(tookNanos);
    }

    void failed(String why) {
        failed.increment();
        if (failures.size() < FAILURES_KEPT) {
            failures.computeIfAbsent(why, w -> new LongAdder()).increment();
        }
    }

    /** Notes the versions of one answer: all of one release, or mixed. */
    void met(List<String> versions) {
        long different = versions.stream().distinct().count();
        if (different > 1) {
            mixed.increment();
        }
        String release = different == 1 ? versions.get(0) : "mixed";
        releases.computeIfAbsent(release, r -> new LongAdder()).increment();
    }

    void lost(long postings) {
        lost.add(postings);
    }

    void lostSession() {
        sessionsLost.increment();
    }

    long calls() {
        return calls.sum();
    }

    Counts counts() {
        return new Counts(
                calls.sum(),
                failed.sum(),
                mixed.sum(),
                lost.sum(),
                sessionsLost.sum() == 0,
                millis(nanos.getValueAtPercentile(50)),
                millis(nanos.getValueAtPercentile(99)),
                millis(nanos.getMaxValue()),
                millis(stalled.get()),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                sums(releases),
                sums(failures));
    }

    private static double millis(long value) {
        return value / 1e6;
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> sums = new TreeMap<>();
        adders.forEach((name, adder) -> sums.put(name, adder.sum()));
        return sums;
    }

    /**
     * A tally, read.
     *
     * @param stallMs how long at most the driver was held up: no request took less because of it, and some longer
     * @param releases answers by the release that gave them
     * @param failures the first different failures and how often each happened
     */
    record Counts(
            long calls,
            long failed,
            long mixed,
            long lost,
            boolean sessionsKept,
            double p50Ms,
            double p99Ms,
            double longestMs,
            double stallMs,
            long tookMs,
            Map<String, Long> releases,
            Map<String, Long> failures) {
        boolean clean() {
            return failed == 0 && mixed == 0 && lost == 0;
        }

        Counts withLost(long all) {
            return new Counts(
                    calls,
                    failed,
                    mixed,
                    all,
                    sessionsKept,
                    p50Ms,
                    p99Ms,
                    longestMs,
                    stallMs,
                    tookMs,
                    releases,
                    failures);
        }

        Counts withoutSessions() {
            return new Counts(
                    calls, failed, mixed, lost, false, p50Ms, p99Ms, longestMs, stallMs, tookMs, releases, failures);
        }
    }
}
