// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Content.Foreign;
import io.theseus.deployer.internal.Content.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file at the moment it was looked at.
 *
 * @param sha256 of its content; {@code -} when that can not be read
 * @param stamp when it was changed last, in milliseconds
 */
record Item(Path path, Content content, String sha256, long stamp, long size) {
    static Item of(Path path) {
        Content content = Contents.of(path);
        try {
            boolean file = Files.isRegularFile(path);
            return new Item(
                    path,
                    content,
                    file ? Digest.of(path) : "-",
                    Files.getLastModifiedTime(path).toMillis(),
                    Files.size(path));
        } catch (IOException e) {
            return new Item(path, new Unreadable("can not be read: " + e.getMessage()), "-", 0, 0);
        }
    }

    /**
     * One that is not there any more.
     *
     * @param since when, in milliseconds
     */
    static Item gone(Path path, String sha256, long since) {
        return new Item(path, new Foreign(), sha256, since, 0);
    }

    /** As far as can be seen without reading it. */
    boolean unchanged() {
        try {
            return Files.size(path) == size && Files.getLastModifiedTime(path).toMillis() == stamp;
        } catch (IOException e) {
            return false;
        }
    }

    String name() {
        return path.getFileName().toString();
    }
}
