// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.probe;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What callers noticed since a mark. Thread safety: safe for use by many threads. */
public final class Tally {
    private static final int KINDS = 20;

    private final LongAdder calls = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

    public void called(long nanos) {
        calls.increment();
        longest.accumulate(nanos);
    }

    public void failed(String why) {
        failed.increment();
        if (failures.size() < KINDS || failures.containsKey(why)) {
            failures.computeIfAbsent(why, any -> new LongAdder()).increment();
        }
    }

    public long calls() {
        return calls.sum();
    }

    public long failed() {
        return failed.sum();
    }

    /** Each kind, with how often it was met. */
    public List<String> failures() {
        return failures.entrySet().stream()
                .map(each -> each.getValue() + " x " + each.getKey())
                .toList();
    }

    /** Lines of text, of which the first has the numbers and each other a failure. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("calls=" + calls + " failed=" + failed + " longest_us=" + longest.get() / 1000 + "\n");
        failures().forEach(each -> text.append("failure " + each + "\n"));
        return text.toString();
    }
}
