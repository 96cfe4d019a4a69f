// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

/** A service whose methods take and answer more than a number. */
public interface Signatures {
    String reference(String text);

    long wide(long a, int b, double c, String d, Object e, boolean f, long g, int h);
}
