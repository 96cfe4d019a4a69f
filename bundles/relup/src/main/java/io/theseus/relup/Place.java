// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

/**
 * A place in a file.
 *
 * @param file empty: in no file, it was generated
 * @param line 1 is the first
 * @param column 1 is the first
 */
public record Place(String file, int line, int column) {
    /** Of what nobody wrote. */
    public static final Place GENERATED = new Place("", 0, 0);

    public boolean generated() {
        return equals(GENERATED);
    }

    /** File and line, or {@code generated}: what a script shows behind each of its lines. */
    public String origin() {
        return generated() ? "generated" : file + ":" + line;
    }

    @Override
    public String toString() {
        return generated() ? "generated" : file + ":" + line + ":" + column;
    }
}
