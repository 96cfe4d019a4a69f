// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.util.List;
import java.util.stream.Stream;

/** What callers noticed in some time. */
record Noticed(long calls, long failed, long longestMicros, List<String> failures) {
    Noticed {
        failures = List.copyOf(failures);
    }

    Noticed and(Noticed other) {
        return new Noticed(
                calls + other.calls,
                failed + other.failed,
                Math.max(longestMicros, other.longestMicros),
                Stream.concat(failures.stream(), other.failures.stream()).toList());
    }
}
