// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.relup.internal.read.AppupFile;

/**
 * Reads appups.
 *
 * <pre>
 * version: 2.0.0
 * up:
 *   - from: "[1.2,2)"              # exact version or OSGi range, first match wins
 *     do:
 *       - update: ledger.Accounts  # short form
 *         extra: {currency: EUR}
 *       - load_bundle
 * down:
 *   - to: "[1.2,2)"
 *     do:
 *       - update: {component: ledger.Accounts, allow_loss: [currency]}   # full form
 *       - load_bundle
 * </pre>
 *
 * <p>Defaults: {@code update} is {@code kind: static}, {@code on_timeout: fail} and {@code change: advanced}, so it hands the state over, with or without {@code extra}, and waits
 * as long as the install allows; purges are {@code brutal}; {@code type} is {@code required}; the application of
 * {@code restart_application} is the appup's own. A version that is not a range is exact, qualifier included.
 * Low-level instructions are those of {@link ScriptPrinter}.
 */
public final class AppupReader {
    private AppupReader() {}

    /**
     * Reads the text of an appup.
     *
     * @param file its name, for messages
     * @throws io.theseus.release.RefusedException {@code bad-appup}: everything that is wrong with it, each with {@code file:line:column}
     */
    public static Appup read(String file, String text) {
        return AppupFile.read(file, text);
    }
}
