// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that a feature of a release brings.
 *
 * @param configures whether it is read as a configuration
 * @param sha256 of its content
 * @param folders that were made for it, the innermost first
 */
record BroughtFile(String owner, Path file, boolean configures, String sha256, List<Path> folders) implements Changed {
    BroughtFile {
        folders = List.copyOf(folders);
    }

    static BroughtFile of(String owner, Path file, boolean configures, Path content) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (@Nullable Path folder = file.getParent();
                folder != null && !Files.exists(folder);
                folder = folder.getParent()) {
            folders.add(folder);
        }
        return new BroughtFile(owner, file, configures, digest(content), folders);
    }

    @Override
    public String what() {
        return file.toString();
    }

    /** It is there whole or not at all, and never in place of one that somebody made meanwhile. */
    void write(Path content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.copy(content, beside(), StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside(), file);
    }

    /**
     * Deletes it, unless somebody has changed it.
     *
     * @return whether it is gone
     */
    boolean delete() throws IOException {
        Files.deleteIfExists(beside());
        if (Files.exists(file) && !digest(file).equals(sha256)) {
            return false;
        }
        Files.deleteIfExists(file);
        for (Path folder : folders) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                break;
            }
        }
        return true;
    }

    /** No reader of configurations takes that name for one of his. */
    private Path beside() {
        return file.resolveSibling(file.getFileName() + ".brought");
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
