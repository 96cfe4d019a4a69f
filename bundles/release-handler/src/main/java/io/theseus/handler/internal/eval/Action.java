// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

/** Something to do, or to take back. */
@FunctionalInterface
public interface Action {
    void run() throws Exception;
}
