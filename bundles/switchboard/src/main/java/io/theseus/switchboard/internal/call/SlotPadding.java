// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

/** Keeps the pins of two threads from sharing a cache line after the collector has moved their slots together. */
class SlotPadding {
    /** Where the first field of a slot would stand otherwise, beside the last ones of the slot before. */
    int gap;

    long p0;
    long p1;
    long p2;
    long p3;
    long p4;
    long p5;
    long p6;
    long p7;
}
