// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Content.Jar;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where an application is copied to before it is handed over. A bundle whose location lies in the watched folder is taken by the
 * watcher for its own, and uninstalled with the file.
 */
final class Staging {
    private final Path folder;

    Staging(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException if it can not be unpacked */
    Karred unpack(Path kar) throws IOException {
        return Karred.of(kar, folder.resolve("kar"));
    }

    /** Whether a bundle was handed over from here. */
    boolean brought(String location) {
        return slashes(location).startsWith(slashes(folder.toUri().toString()));
    }

    private static String slashes(String url) {
        return url.replaceFirst("^file:/+", "file:/");
    }

    /**
     * @throws IOException if it can not be copied, or is not what was looked at any more
     */
    Path copy(Path file, Jar jar, String sha256) throws IOException {
        Files.createDirectories(folder);
        String name = jar.symbolicName().replaceAll("[^A-Za-z0-9._-]", "_");
        Path copy = folder.resolve(name + "-" + jar.version() + ".jar");
        String copied;
        try (OutputStream out = Files.newOutputStream(copy)) {
            copied = Digest.copy(file, out);
        }
        if (!copied.equals(sha256)) {
            Files.deleteIfExists(copy);
            throw new IOException(file.getFileName() + " changes while it is read");
        }
        return copy;
    }
}
