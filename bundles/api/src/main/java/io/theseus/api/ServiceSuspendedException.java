// SPDX-License-Identifier: Apache-2.0
package io.theseus.api;

/**
 * A call waited at the gate of a suspended application for longer than the gate timeout, or was interrupted there (the
 * interrupt status is set then), or found the application gone. The call had no effect and may be tried again.
 */
public final class ServiceSuspendedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String application;

    public ServiceSuspendedException(String application, String message) {
        super(message);
        this.application = application;
    }

    /** The symbolic name of the application that was called. */
    public String application() {
        return application;
    }
}
