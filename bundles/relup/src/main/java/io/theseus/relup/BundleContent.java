// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.relup.internal.read.JarContent;
import java.io.IOException;
import java.io.InputStream;

/** What is in a bundle, whenever it was put together: {@code wrap:} makes a bundle anew each time it is read. */
public final class BundleContent {
    private BundleContent() {}

    /**
     * A digest of the names and contents of its entries, in any order, without their times and without the time in its manifest. Does not
     * close the stream.
     *
     * @param jar one that {@link BundleFactsReader} has read without a problem
     */
    public static String digest(InputStream jar) throws IOException {
        return JarContent.digest(jar);
    }
}
