// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.relup.internal.read.ScriptFile;

/**
 * Reads scripts that somebody wrote: a list of low-level instructions, as {@link ScriptPrinter} shows them. They are checked as strictly as
 * generated ones.
 */
public final class ScriptReader {
    private ScriptReader() {}

    /**
     * Reads the text of a script. Each step's origin is its file and line.
     *
     * @param file its name, for messages
     * @throws io.theseus.release.RefusedException {@code bad-relup}: everything that is wrong with it, each with {@code file:line:column}
     */
    public static Script read(String file, String text) {
        return ScriptFile.read(file, text);
    }
}
