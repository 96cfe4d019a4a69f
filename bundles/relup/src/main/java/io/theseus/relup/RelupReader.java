// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.relup.internal.read.RelupFile;

/**
 * Reads relups.
 *
 * <pre>
 * release: shop
 * version: 2.0.0
 * up:
 *   - from: 1.0.0
 *     description: accounts have a currency
 *     do:
 *       - load_object_code: {application: ledger, version: 2.0.0}
 *       - point_of_no_return
 *       - load: [ledger]
 * down:
 *   - to: 1.0.0
 *     do: [...]
 * </pre>
 */
public final class RelupReader {
    private RelupReader() {}

    /**
     * Reads the text of a relup.
     *
     * @param file its name, for messages
     * @throws io.theseus.release.RefusedException {@code bad-relup}: everything that is wrong with it, each with {@code file:line:column}
     */
    public static Relup read(String file, String text) {
        return RelupFile.read(file, text);
    }
}
