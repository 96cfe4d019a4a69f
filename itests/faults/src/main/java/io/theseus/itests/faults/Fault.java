// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

/**
 * One thing that goes wrong.
 *
 * @param point where: what is called, and which of its calls, as in {@code Switchboard.open #1}
 * @param kind how
 */
public record Fault(String point, Kind kind) {
    /** How something goes wrong. */
    public enum Kind {
        /** It throws and has done nothing. */
        BEFORE,
        /** It does what it should and throws. */
        AFTER,
        /** It does what it should and throws what no method declares. */
        ERROR,
        /** It does not end until it is interrupted. */
        ENDLESS,
        /** It does half of it and throws: a write to the disk. */
        HALF
    }

    @Override
    public String toString() {
        return kind + " " + point;
    }
}
