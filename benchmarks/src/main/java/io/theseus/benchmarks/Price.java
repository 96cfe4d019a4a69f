// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

/** The service that is called. */
public interface Price {
    long of(long item);
}
