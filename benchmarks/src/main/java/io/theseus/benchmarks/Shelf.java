// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import org.openjdk.jmh.infra.Blackhole;

/** A basket of things that have one price. */
record Shelf(Price price) implements Basket {
    @Override
    public void fill(Blackhole hole) {
        // From 1000 on, because small numbers are boxed without allocation.
        for (long item = 1000; item < 1000 + ITEMS; item++) {
            hole.consume(price.of(item));
        }
    }
}
