// SPDX-License-Identifier: Apache-2.0
package io.theseus.api;

/** Which way a release upgrade goes. */
public enum Direction {
    /** To the version that carries the appup. */
    UP,
    /** From the version that carries the appup back to an older one. */
    DOWN
}
