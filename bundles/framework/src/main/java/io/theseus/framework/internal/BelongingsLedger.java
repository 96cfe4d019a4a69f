// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The successions that are not settled, on disk:
 *
 * <pre>
 * ${karaf.base}/releases/belongings/12-57.txt     bundle 12 shares with bundle 57
 * </pre>
 *
 * <p>A file is there whole or not at all: temporary file, force, atomic move, force of the folder. Where no configuration is shared there is nothing
 * to recover at the next start, and no file: that is so for most applications, and there may be hundreds.
 *
 * <p>Thread safety: for one thread at a time.
 */
final class BelongingsLedger {
    private static final Logger LOG = LoggerFactory.getLogger(BelongingsLedger.class);
    private static final String SUFFIX = ".txt";
    private static final String TEMPORARY = ".tmp";

    private final Path folder;
    /** Those without a file. */
    private final Map<Path, Succession> unwritten = new HashMap<>();

    BelongingsLedger(Path folder) {
        this.folder = folder;
    }

    /** Beside the release store: outside of {@code data/cache}, which Karaf may wipe. */
    static Path folder(Framework framework) {
        Path releases = framework
                .property("theseus.releases")
                .map(Path::of)
                .orElseGet(() -> Path.of(framework.property("karaf.base").orElse(System.getProperty("user.dir")))
                        .resolve("releases"));
        return releases.resolve("belongings");
    }

    Optional<Succession> find(long from, long to) {
        Path file = file(from, to);
        return Optional.ofNullable(unwritten.get(file)).or(() -> read(file));
    }

    /** What this version of Theseus can read; the rest is left alone and named in the log. */
    List<Succession> all() throws IOException {
        List<Succession> all = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (file.toString().endsWith(TEMPORARY)) {
                    Files.delete(file);
                } else {
                    read(file).ifPresent(all::add);
                }
            }
        }
        return all;
    }

    void write(Succession succession) throws IOException {
        Path file = file(succession.from().id(), succession.to().id());
        if (succession.bound().isEmpty() && succession.dynamic().isEmpty() && !Files.exists(file)) {
            unwritten.put(file, succession);
            return;
        }
        unwritten.remove(file);
        Files.createDirectories(folder);
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
        try {
            writeForced(temporary, SuccessionText.write(succession));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceFolder();
    }

    void remove(Succession succession) throws IOException {
        Path file = file(succession.from().id(), succession.to().id());
        unwritten.remove(file);
        if (Files.deleteIfExists(file)) {
            forceFolder();
        }
    }

    private static Optional<Succession> read(Path file) {
        try {
            Optional<Succession> succession = SuccessionText.read(Files.readString(file));
            if (succession.isEmpty()) {
                LOG.warn("{} is not a record of shared belongings that this version understands; left alone", file);
            }
            return succession;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} can not be read: {}; left alone", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static void writeForced(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** A folder can be forced where it can be opened; Windows can do neither. */
    private void forceFolder() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("{} can not be forced: {}", folder, e.getMessage());
        }
    }

    private Path file(long from, long to) {
        return folder.resolve(from + "-" + to + SUFFIX);
    }
}
