// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The Maven repository in a Karaf archive, for as long as a release is unpacked from it. */
record Karred(Path folder) implements AutoCloseable {
    /** Where it is in the archive. */
    static final String REPOSITORY = "repository/";

    /** @param folder for it alone; what is in it is deleted first */
    static Karred of(Path file, Path folder) throws IOException {
        delete(folder);
        Files.createDirectories(folder);
        try (ZipFile kar = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(kar.entries())) {
                if (entry.getName().startsWith(REPOSITORY) && !entry.isDirectory()) {
                    Path target = inside(folder, entry.getName());
                    Files.createDirectories(target.toAbsolutePath().getParent());
                    try (InputStream in = kar.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                }
            }
        }
        return new Karred(folder);
    }

    /** Where an entry is now. */
    Path at(String entry) throws IOException {
        return inside(folder, entry);
    }

    private static Path inside(Path folder, String entry) throws IOException {
        Path path = folder.resolve(entry.substring(REPOSITORY.length())).normalize();
        if (!path.startsWith(folder.normalize())) {
            throw new IOException("its entry " + entry + " leads out of it");
        }
        return path;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                List<Path> inner = all.sorted(Comparator.reverseOrder()).toList();
                for (Path each : inner) {
                    Files.delete(each);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }
}
