// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.io.IOException;
import java.util.function.Consumer;

/** The shell of the container. */
interface Console extends AutoCloseable {
    /**
     * Runs a command.
     *
     * @param eachLine is given every line of its output as it comes
     * @return its exit status
     */
    int run(String command, Consumer<String> eachLine) throws IOException;

    @Override
    void close();
}
