// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.money;

/** A service interface that comes with the library. */
public interface Rates {
    /** The price of a piece in cents, and the version of the library that was asked. */
    Quote quote(String item);

    record Quote(long cents, String version) {}
}
