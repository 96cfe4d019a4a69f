// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Compares a file with an installed bundle, entry by entry; the framework does not give a bundle's bytes as a whole. */
final class SameContent {
    private static final int CHUNK = 1 << 14;

    private SameContent() {}

    static boolean is(Path file, Bundle bundle) throws IOException {
        int files = 0;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            for (ZipEntry entry : entries) {
                if (entry.isDirectory()) {
                    continue;
                }
                @Nullable URL there = bundle.getEntry(entry.getName());
                if (there == null || !sameBytes(zip, entry, there)) {
                    return false;
                }
                files++;
            }
        }
        return files == count(bundle, "/");
    }

    private static boolean sameBytes(ZipFile zip, ZipEntry entry, URL there) throws IOException {
        try (InputStream a = zip.getInputStream(entry);
                InputStream b = there.openStream()) {
            while (true) {
                byte[] left = a.readNBytes(CHUNK);
                if (!Arrays.equals(left, b.readNBytes(CHUNK))) {
                    return false;
                }
                if (left.length < CHUNK) {
                    return true;
                }
            }
        }
    }

    private static int count(Bundle bundle, String folder) {
        @Nullable Enumeration<String> paths = bundle.getEntryPaths(folder);
        if (paths == null) {
            return 0;
        }
        int files = 0;
        for (String path : Collections.list(paths)) {
            files += path.endsWith("/") ? count(bundle, path) : 1;
        }
        return files;
    }
}
