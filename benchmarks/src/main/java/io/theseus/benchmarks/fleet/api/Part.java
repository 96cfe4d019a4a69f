// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.api;

/** One of the four parts of an application. Thread safety: safe for use by many threads. */
public interface Part {
    /** The service property that names a part, {@code a017.2}. */
    String NAME = "part";

    /**
     * Counts the call, and asks the next part.
     *
     * @param depth how many parts are asked, this one among them
     * @return the version of all that were asked, or {@code mixed}
     */
    String call(int depth);

    /** How often this part was called, over all versions of it. */
    long calls();
}
