// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.relup.internal.read.BundleFile;
import java.io.InputStream;

/** Reads what a bundle file says about itself. Loads no class, trusts no size, follows no reference out of the file. */
public final class BundleFactsReader {
    private BundleFactsReader() {}

    /**
     * Reads a bundle to its end; does not close the stream.
     *
     * @param location of the bundle, for messages
     * @throws io.theseus.release.RefusedException {@code bad-bundle}: no jar, truncated, too big when unpacked, no
     *     Bundle-SymbolicName, a bad version, a component description that is no XML
     */
    public static BundleFacts read(String location, InputStream jar) {
        return BundleFile.read(location, jar);
    }
}
