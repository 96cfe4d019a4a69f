// SPDX-License-Identifier: Apache-2.0
package io.theseus.api;

/** A call that outlived its generation made a nested call after that generation was purged brutally. */
public final class GenerationPurgedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String application;

    public GenerationPurgedException(String application, String message) {
        super(message);
        this.application = application;
    }

    /** The symbolic name of the application that was called. */
    public String application() {
        return application;
    }
}
