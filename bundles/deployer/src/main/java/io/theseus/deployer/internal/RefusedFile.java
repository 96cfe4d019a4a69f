// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small file {@code NAME.refused} beside a file that was refused. The watcher sees it as any other file; {@link FolderInstaller}
 * claims it, so that nobody takes it for something to install.
 */
final class RefusedFile {
    static final String SUFFIX = ".refused";
    private static final Logger LOG = LoggerFactory.getLogger(RefusedFile.class);

    private RefusedFile() {}

    static boolean is(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(SUFFIX) || name.endsWith(SUFFIX + Replacing.UNFINISHED);
    }

    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    /** The file that was refused; empty when this is one that was never finished. */
    static Optional<Path> about(Path refused) {
        String name = refused.getFileName().toString();
        return name.endsWith(SUFFIX)
                ? Optional.of(refused.resolveSibling(name.substring(0, name.length() - SUFFIX.length())))
                : Optional.empty();
    }

    static void write(Path file, Answer answer) {
        String text = answer.state() == Answer.State.STAYS ? stays(file, answer) : refused(file, answer);
        try {
            if (!Files.exists(beside(file)) || !Files.readString(beside(file)).equals(text)) {
                Replacing.write(beside(file), text);
            }
        } catch (IOException e) {
            LOG.error("{} can not be written: {}", beside(file), e.getMessage());
        }
    }

    private static String stays(Path file, Answer answer) {
        return file.getFileName() + " was taken away, and "
                + answer.added().orElse("what it brought") + " can not go:\n\n" + answer.text() + "\n\n"
                + "To have it tried again, remove this file. To keep it, put the other one back.\n";
    }

    private static String refused(Path file, Answer answer) {
        return file.getFileName() + " was refused:\n\n" + answer.text() + "\n\n"
                + "Replace the file by a better one, or remove it. To have the same one tried again, touch it or remove this one.\n";
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(beside(file));
        } catch (IOException e) {
            LOG.error("{} is out of date and can not be removed: {}", beside(file), e.getMessage());
        }
    }

    /** Takes a refused file out of its folder, to one beside that folder, with the reason. */
    static Optional<Path> move(Path file, Answer answer) {
        Path folder = file.toAbsolutePath().resolveSibling("");
        Path target = folder.resolveSibling(folder.getFileName() + "-refused").resolve(file.getFileName());
        try {
            Files.createDirectories(target.getParent());
            write(target, answer);
            Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
            remove(file);
            return Optional.of(target);
        } catch (IOException e) {
            LOG.error("{} can not be moved to {}: {}", file, target, e.getMessage());
            return Optional.empty();
        }
    }
}
