// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What clients noticed since a mark. Thread safety: safe for use by many threads. */
final class Tally {
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
        failures.computeIfAbsent(why, any -> new LongAdder()).increment();
    }

    Noticed noticed() {
        return new Noticed(
                calls.sum(),
                failed.sum(),
                longest.get() / 1000,
                failures.entrySet().stream()
                        .map(each -> each.getValue() + " x " + each.getKey())
                        .toList());
    }
}
