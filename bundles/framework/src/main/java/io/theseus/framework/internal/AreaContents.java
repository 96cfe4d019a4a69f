// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What a data area holds, by path relative to it; parents come before their children.
 *
 * @param area where it was seen
 * @param changedMicros when a name was last added to the area itself or taken away, microseconds since the epoch
 * @param takenMicros when this was seen, microseconds since the epoch, before the first file was looked at
 */
record AreaContents(Path area, SortedMap<String, Stamp> entries, long changedMicros, long takenMicros) {
    /** A file changed this shortly before it was seen may have changed once more with the same time stamp. */
    private static final long CLOCK_GRAIN_MICROS = TimeUnit.SECONDS.toMicros(2);

    AreaContents {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /**
     * Tells one content from another. Microseconds are what a copy preserves (JDK 17).
     *
     * @param size -1 for a folder
     */
    record Stamp(long size, long modifiedMicros) {
        boolean isFolder() {
            return size < 0;
        }
    }

    static AreaContents of(Path area) throws IOException {
        long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        long changed = changedMicros(area);
        SortedMap<String, Stamp> entries = new TreeMap<>();
        Files.walkFileTree(area, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = area.relativize(folder).toString();
                if (name.equals(DataAreas.STAGING)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!name.isEmpty()) {
                    entries.put(name, new Stamp(-1, 0));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                long modified = attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS);
                entries.put(area.relativize(file).toString(), new Stamp(attributes.size(), modified));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                // The owner works on, and may delete what we have just listed.
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return new AreaContents(area, entries, changed, now);
    }

    private static long changedMicros(Path area) throws IOException {
        try {
            return Files.getLastModifiedTime(area).to(TimeUnit.MICROSECONDS);
        } catch (NoSuchFileException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Whether an area is this one, held nothing and has been given nothing since. Cheaper than to look at what it holds; false if that is not certain. */
    boolean isStillEmpty(Path area) throws IOException {
        return entries.isEmpty()
                && area.equals(this.area)
                && changedMicros < takenMicros - CLOCK_GRAIN_MICROS
                && changedMicros(area) == changedMicros;
    }

    /** Whether nothing has changed since an earlier look, which saw every change that had been made by then. */
    boolean isCertainly(AreaContents earlier) {
        return entries.equals(earlier.entries) && entries.values().stream().noneMatch(earlier::isUncertain);
    }

    boolean isUncertain(Stamp stamp) {
        return !stamp.isFolder() && stamp.modifiedMicros() > takenMicros - CLOCK_GRAIN_MICROS;
    }
}
