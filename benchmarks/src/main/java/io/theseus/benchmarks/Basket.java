// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import org.openjdk.jmh.infra.Blackhole;

/** A service that calls another one, so that calls inside a call can be measured. */
public interface Basket {
    /** How many calls one fill makes. */
    int ITEMS = 1000;

    void fill(Blackhole hole);
}
