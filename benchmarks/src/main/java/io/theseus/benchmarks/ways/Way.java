// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

/** One way in, run in a container of its own, with callers that never stop. */
interface Way {
    /** As the result names it. */
    String name();

    /** Whether the container is a stock Karaf in which Theseus is installed; else it is the distribution. */
    default boolean stock() {
        return false;
    }

    /** Who calls from outside; what has a property {@code ways.call} is called by the probe in any case. */
    default Customers customers(Scene scene) {
        return Customers.none();
    }

    /** Lays out what the container needs before it starts. */
    void prepare(Scene scene) throws Exception;

    /** Brings the first version in for good. */
    void first(Scene scene) throws Exception;

    /** Goes to the next version and back, both for good. */
    void thereAndBack(Scene scene) throws Exception;
}
