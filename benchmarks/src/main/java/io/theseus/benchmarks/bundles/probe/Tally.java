// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.probe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What callers noticed since a mark. Thread safety: safe for use by many threads. */
final class Tally {
    private static final int KINDS = 20;

    private final LongAdder calls = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

    void called(long nanos) {
        calls.increment();
        longest.accumulate(nanos);
    }

    void failed(String why) {
        failed.increment();
        if (failures.size() < KINDS || failures.containsKey(why)) {
            failures.computeIfAbsent(why, any -> new LongAdder()).increment();
        }
    }

    void print() {
        System.out.println("calls=" + calls + " failed=" + failed + " longest_us=" + longest.get() / 1000);
        failures.forEach((why, count) -> System.out.println("failure " + count + " x " + why));
    }
}
