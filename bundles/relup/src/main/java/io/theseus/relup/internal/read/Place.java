// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

/**
 * A place in a text.
 *
 * @param line 1 is the first
 * @param column 1 is the first
 */
public record Place(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
