// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks at a folder as File Install does: what two looks in a row find the same is reported, what is gone at once. */
final class FakeWatcher {
    private final Path folder;
    private final FolderInstaller installer;
    private final Map<Path, String> last = new HashMap<>();
    private final Map<Path, String> stored = new HashMap<>();
    private final Set<Path> ours = new TreeSet<>();
    /** What goes the usual way. */
    final List<String> others = new ArrayList<>();

    FakeWatcher(Path folder, FolderInstaller installer) {
        this.folder = folder;
        this.installer = installer;
    }

    /** Until everything that is there has been reported. */
    FakeWatcher look() throws IOException {
        scan();
        scan();
        scan();
        return this;
    }

    void scan() throws IOException {
        Map<Path, String> now = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                try {
                    now.put(file, Files.size(file) + " " + Files.getLastModifiedTime(file));
                } catch (NoSuchFileException e) {
                    // Gone since it was listed.
                }
            }
        }
        for (Path gone : new TreeSet<>(stored.keySet())) {
            if (!now.containsKey(gone)) {
                stored.remove(gone);
                last.remove(gone);
                if (ours.remove(gone)) {
                    installer.uninstall(gone.toFile());
                }
            }
        }
        now.forEach((file, sum) -> {
            boolean quiet = sum.equals(last.put(file, sum));
            if (quiet && !sum.equals(stored.put(file, sum))) {
                report(file);
            } else if (!quiet) {
                // Not stored until it is quiet.
                last.put(file, sum);
            }
        });
    }

    private void report(Path file) {
        boolean can = installer.canHandle(file.toFile());
        if (ours.contains(file) && can) {
            installer.update(file.toFile());
        } else if (ours.contains(file)) {
            ours.remove(file);
            installer.uninstall(file.toFile());
        } else if (can) {
            ours.add(file);
            installer.install(file.toFile());
        } else {
            others.add(file.getFileName().toString());
        }
    }
}
