// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

/** How a bundle of a release is started, as {@code type} in a release file and in an appup. */
public enum StartType {
    /** Failing to start fails the install. */
    REQUIRED,
    /** Failing to start is reported and the install goes on. */
    OPTIONAL,
    /** Resolved, not started. */
    LOADED,
    /** Installed only. */
    NONE;

    /** Whether it is asked to start at all. */
    public boolean starts() {
        return this == REQUIRED || this == OPTIONAL;
    }
}
