// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

/** An application that was not suspended called into a suspended one; nothing was switched. */
final class VetoedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String application;

    VetoedException(String application) {
        super(application);
        this.application = application;
    }

    String application() {
        return application;
    }
}
