// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

/** A task to run in a generation; what it throws passes through. */
interface Task<V, E extends Exception> {
    V run() throws E;
}
