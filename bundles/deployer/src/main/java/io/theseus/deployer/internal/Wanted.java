// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Content.Jar;

/**
 * What is to become of the application that a file holds, or held.
 *
 * @param application its symbolic name
 */
record Wanted(Item item, Step step, String application) {
    enum Step {
        UP,
        DOWN,
        /** The release that runs does not have it. */
        ADD,
        /** Its file was taken away. */
        REMOVE
    }

    static Wanted of(Item item, Jar jar, Step step) {
        return new Wanted(item, step, jar.symbolicName());
    }
}
