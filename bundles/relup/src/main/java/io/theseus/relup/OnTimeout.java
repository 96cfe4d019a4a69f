// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

/** What happens when a component does not get quiet in time. */
public enum OnTimeout {
    /** The install is undone. */
    FAIL,
    /** The component is not suspended and hands no state over; that is reported, and the install goes on. */
    SKIP
}
