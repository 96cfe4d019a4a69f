// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static java.util.Objects.requireNonNull;

import io.theseus.framework.internal.AreaContents.Stamp;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * Copies what one data area has to another. Files are staged beside their places and moved there at the end, so that lack of room
 * leaves the target as it was.
 */
final class DataAreas {
    /** Folder inside the target where copies wait; not part of the data. */
    static final String STAGING = ".theseus-incoming";

    private final Copy copy;

    DataAreas(Copy copy) {
        this.copy = copy;
    }

    static DataAreas onDisk() {
        return new DataAreas(
                (from, to) -> Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
    }

    /** Copies one file with its times. */
    @FunctionalInterface
    interface Copy {
        void copy(Path from, Path to) throws IOException;
    }

    /** The data area of a bundle; a fragment has none. */
    static Optional<Path> of(Bundle bundle) {
        return Optional.ofNullable(bundle.getDataFile("")).map(File::toPath);
    }

    static boolean holdsFile(Path area) {
        if (!Files.isDirectory(area)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(area)) {
            return files.anyMatch(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException | UncheckedIOException e) {
            // Not readable, so not ours to say that there is nothing.
            return true;
        }
    }

    /**
     * Makes the target hold what the source has changed since they last agreed: new and changed files are copied, deleted ones deleted.
     * What only the target has changed stays. Where they never agreed, the target becomes an exact copy.
     *
     * @param agreed what both had when they agreed last
     * @return what they agree upon now
     * @throws IOException with the target as it was, if the copies found no room
     */
    AreaContents bring(Path source, Path target, Optional<AreaContents> agreed) throws IOException {
        // While callers wait most areas are as they were.
        if (agreed.isPresent() && agreed.get().isStillEmpty(source)) {
            return agreed.get();
        }
        AreaContents wanted = AreaContents.of(source);
        if (agreed.map(wanted::isCertainly).orElse(false)) {
            return wanted;
        }
        AreaContents there = AreaContents.of(target);
        Path staging = target.resolve(STAGING);
        deleteAll(staging);
        try {
            List<String> changed = changed(source, target, wanted, there, agreed);
            requireRoom(wanted, changed, target);
            SortedMap<String, Path> staged = stage(source, changed, staging);
            delete(target, surplus(wanted, there, agreed));
            place(source, target, wanted, staged, agreed);
        } finally {
            deleteAll(staging);
        }
        return wanted;
    }

    private static List<String> changed(
            Path source, Path target, AreaContents wanted, AreaContents there, Optional<AreaContents> agreed)
            throws IOException {
        List<String> changed = new ArrayList<>();
        for (var entry : wanted.entries().entrySet()) {
            String name = entry.getKey();
            Stamp stamp = entry.getValue();
            if (stamp.isFolder()) {
                continue;
            }
            @Nullable
            Stamp before = agreed.map(contents -> contents.entries().get(name)).orElse(null);
            if (!stamp.equals(before)) {
                changed.add(name);
            } else if (agreed.orElseThrow().isUncertain(stamp)
                    && stamp.equals(there.entries().get(name))
                    && differ(source.resolve(name), target.resolve(name))) {
                changed.add(name);
            }
        }
        return changed;
    }

    private static boolean differ(Path source, Path target) throws IOException {
        try {
            return Files.mismatch(source, target) >= 0;
        } catch (NoSuchFileException e) {
            // Deleted by its owner since it was listed.
            return true;
        }
    }

    /** What the source has deleted since they agreed; where they never did, everything the source does not have. Children first. */
    private static List<String> surplus(AreaContents wanted, AreaContents there, Optional<AreaContents> agreed) {
        List<String> surplus = new ArrayList<>(there.entries().keySet());
        surplus.removeAll(wanted.entries().keySet());
        agreed.ifPresent(contents -> surplus.retainAll(contents.entries().keySet()));
        Collections.reverse(surplus);
        return surplus;
    }

    private SortedMap<String, Path> stage(Path source, List<String> names, Path staging) throws IOException {
        SortedMap<String, Path> staged = new TreeMap<>();
        if (!names.isEmpty()) {
            Files.createDirectory(staging);
        }
        for (String name : names) {
            Path waiting = staging.resolve(String.valueOf(staged.size()));
            try {
                copy.copy(source.resolve(name), waiting);
                staged.put(name, waiting);
            } catch (NoSuchFileException e) {
                // Deleted by its owner since it was listed.
                if (Files.exists(source.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
            }
        }
        return staged;
    }

    private static void requireRoom(AreaContents wanted, List<String> names, Path target) throws IOException {
        if (names.isEmpty()) {
            // Mostly so while callers wait, and asking the file store takes its time.
            return;
        }
        long needed = 0;
        for (String name : names) {
            needed += requireNonNull(wanted.entries().get(name)).size();
        }
        long free = Files.getFileStore(target).getUsableSpace();
        if (needed > free) {
            throw new IOException(needed + " bytes are needed and " + free + " are free");
        }
    }

    private static void place(
            Path source,
            Path target,
            AreaContents wanted,
            SortedMap<String, Path> staged,
            Optional<AreaContents> agreed)
            throws IOException {
        for (var entry : wanted.entries().entrySet()) {
            String name = entry.getKey();
            Path place = target.resolve(name);
            boolean known = agreed.map(contents -> contents.entries().get(name))
                    .map(Stamp::isFolder)
                    .orElse(false);
            if (entry.getValue().isFolder() && !known && !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(place);
                Files.createDirectories(place);
            }
        }
        for (var entry : staged.entrySet()) {
            Path place = target.resolve(entry.getKey());
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                deleteAll(place);
            }
            Files.createDirectories(place.getParent());
            Files.move(entry.getValue(), place, StandardCopyOption.REPLACE_EXISTING);
        }
        copyFolderTimes(source, target, wanted);
    }

    private static void copyFolderTimes(Path source, Path target, AreaContents wanted) throws IOException {
        for (var entry : wanted.entries().entrySet()) {
            Path from = source.resolve(entry.getKey());
            Path to = target.resolve(entry.getKey());
            if (entry.getValue().isFolder() && Files.isDirectory(to)) {
                try {
                    Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
                } catch (NoSuchFileException e) {
                    // Deleted by its owner since it was listed.
                }
            }
        }
    }

    private static void delete(Path target, List<String> names) throws IOException {
        for (String name : names) {
            Path path = target.resolve(name);
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(path);
            } else if (isEmpty(path)) {
                // A folder in which the target's owner has put something of its own stays.
                Files.delete(path);
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var content = Files.newDirectoryStream(folder)) {
            return !content.iterator().hasNext();
        }
    }

    private static void deleteAll(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
