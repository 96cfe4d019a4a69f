// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

/** How an application of a release is started, as the appup's {@code type}. */
public enum StartType {
    /** Failing to start fails the install. */
    REQUIRED,
    /** Failing to start is reported and the install goes on. */
    OPTIONAL,
    /** Resolved, not started. */
    LOADED,
    /** Installed only. */
    NONE
}
