// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

/** Stable objects without a framework. The switchboard comes in the next commit that has it. */
final class StableCalls {
    private StableCalls() {}

    /** A stable object in front of a target. */
    static <T> T front(Class<T> type, T target) {
        throw new IllegalStateException("no stable " + type.getSimpleName() + " for " + target + " yet");
    }
}
