// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What releases have changed and is not settled, oldest first, in one file that is replaced as a whole. Values of configurations are
 * Java's own types, so they are written with Java's own serialization, and nothing else is read. Thread safety: none.
 */
final class ConfigurationLedger {
    private static final ObjectInputFilter VALUES =
            ObjectInputFilter.Config.createFilter("java.lang.*;java.util.*;maxbytes=16777216;!*");

    private final Path file;

    ConfigurationLedger(Path file) {
        this.file = file;
    }

    List<Changed> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (InputStream bytes = Files.newInputStream(file);
                ObjectInputStream in = new ObjectInputStream(bytes)) {
            in.setObjectInputFilter(VALUES);
            List<Changed> all = new ArrayList<>();
            for (Object each : (List<?>) in.readObject()) {
                all.add(changed((Map<?, ?>) each));
            }
            return all;
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new IOException(file + " is no record of configurations: " + e.getMessage(), e);
        }
    }

    void write(List<Changed> all) throws IOException {
        if (all.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        ArrayList<Object> entries = new ArrayList<>();
        all.forEach(each -> entries.add(entry(each)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(entries);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, Object> entry(Changed changed) {
        HashMap<String, Object> entry = new HashMap<>();
        entry.put("owner", changed.owner());
        if (changed instanceof BroughtFile brought) {
            entry(brought, entry);
        } else if (changed instanceof ChangedConfiguration configuration) {
            entry(configuration, entry);
        }
        return entry;
    }

    private static void entry(BroughtFile brought, Map<String, Object> entry) {
        entry.put("file", brought.file().toString());
        entry.put("configures", brought.configures());
        entry.put("sha256", brought.sha256());
        entry.put(
                "folders",
                new ArrayList<>(brought.folders().stream().map(Path::toString).toList()));
    }

    private static void entry(ChangedConfiguration changed, Map<String, Object> entry) {
        entry.put("pid", changed.pid());
        entry.put("existed", changed.existed());
        changed.content().ifPresent(content -> entry.put("content", content));
        entry.put("before", new HashMap<>(changed.before()));
        entry.put("after", new HashMap<>(changed.after()));
    }

    private static Changed changed(Map<?, ?> entry) {
        if (entry.containsKey("file")) {
            return new BroughtFile(
                    String.valueOf(entry.get("owner")),
                    Path.of(String.valueOf(entry.get("file"))),
                    Boolean.TRUE.equals(entry.get("configures")),
                    String.valueOf(entry.get("sha256")),
                    entry.get("folders") instanceof List<?> folders
                            ? folders.stream()
                                    .map(each -> Path.of(String.valueOf(each)))
                                    .toList()
                            : List.of());
        }
        return new ChangedConfiguration(
                String.valueOf(entry.get("owner")),
                String.valueOf(entry.get("pid")),
                Boolean.TRUE.equals(entry.get("existed")),
                Optional.ofNullable((String) entry.get("content")),
                values(entry.get("before")),
                values(entry.get("after")));
    }

    private static Map<String, Object> values(@Nullable Object map) {
        Map<String, Object> values = new HashMap<>();
        if (map instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> values.put(String.valueOf(key), value));
        }
        return values;
    }
}
