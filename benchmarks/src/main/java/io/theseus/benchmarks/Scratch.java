// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder that goes with what is in it, an unpacked Karaf or many; also when this JVM is told to end. */
public final class Scratch implements AutoCloseable {
    private static final int TRIES = 100;

    private final Path folder;
    private final Thread atEnd;

    private Scratch(Path folder) {
        this.folder = folder;
        this.atEnd = new Thread(() -> delete(folder), "delete " + folder);
    }

    public static Scratch of(String name) throws IOException {
        Scratch scratch = new Scratch(Files.createTempDirectory(name));
        Runtime.getRuntime().addShutdownHook(scratch.atEnd);
        return scratch;
    }

    public Path folder() {
        return folder;
    }

    /** Deletes a folder and what is in it, even if those who write there are only about to end. */
    public static void delete(Path folder) {
        try {
            for (int i = 0; i < TRIES && Files.exists(folder); i++) {
                deleteOnce(folder);
                if (Files.exists(folder)) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteOnce(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            // Somebody made or deleted files meanwhile: the next try sees to them.
        }
    }

    @Override
    public void close() {
        delete(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // This JVM is ending: the hook runs by itself.
        }
    }
}
