// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What release handling is doing now.
 *
 * @param permanent the permanent release
 * @param current the release that runs
 * @param activity {@code idle}, {@code baking}, or the operation under way
 * @param baked how long the current release has been baking; empty when it is not
 * @param busy calls that are still in the old generation
 * @param unreclaimed purged bundles whose class loader has not been collected yet
 */
public record Status(
        ReleaseId permanent,
        ReleaseId current,
        String activity,
        Optional<Duration> baked,
        List<BusyCall> busy,
        List<String> unreclaimed) {

    public Status {
        busy = List.copyOf(busy);
        unreclaimed = List.copyOf(unreclaimed);
    }

    /**
     * A call that runs in the old generation.
     *
     * @param thread name of the thread, or what holds the generation when no thread does
     * @param application the application it entered first
     * @param stack innermost frame first; empty for asynchronous results
     */
    public record BusyCall(String thread, String application, List<String> stack) {
        public BusyCall {
            stack = List.copyOf(stack);
        }
    }
}
