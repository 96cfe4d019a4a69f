// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.io.IOException;

/** The container as a process. */
interface Container extends AutoCloseable {
    /** Starts it; returns at once. */
    void start() throws IOException;

    /** Asks it to end, as an operator would, and returns when it has. */
    void stop() throws IOException, InterruptedException;

    boolean alive();

    /** Ends it, one way or the other. */
    @Override
    void close();
}
