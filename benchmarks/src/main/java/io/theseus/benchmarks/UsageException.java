// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

/** The words after the name of a benchmark are not what it takes. The message is one line that says what it does take. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
