// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.api;

/** An entry of a hoard, as every version of its keeper knows it. */
public interface Held {
    long amount();

    String text();
}
