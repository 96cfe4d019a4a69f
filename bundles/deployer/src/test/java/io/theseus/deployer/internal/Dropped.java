// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A deploy folder, its watcher and a deployer that forgets everything at a restart but what it wrote down. */
final class Dropped implements AutoCloseable {
    private static final FolderInstaller.Times TIMES = times(20, 0);
    final Path folder;
    final FakeHandler handler;
    final Map<String, String> policy = new HashMap<>();
    FolderInstaller.Times times = TIMES;
    FolderInstaller installer;
    FakeWatcher watcher;
    private final Path records;
    private final Path staging;
    private long stamp = 1_000_000_000_000L;

    Dropped(Path home, FakeHandler handler) throws IOException {
        this.folder = Files.createDirectories(home.resolve("deploy"));
        this.records = home.resolve("releases/DEPLOYED");
        this.staging = home.resolve("data");
        this.handler = handler;
        this.installer = make();
        this.watcher = new FakeWatcher(folder, installer);
    }

    /** @param gathering and quiet in milliseconds */
    static FolderInstaller.Times times(int gathering, int quiet) {
        Duration soon = Duration.ofMillis(20);
        return new FolderInstaller.Times(
                Duration.ofMillis(gathering), soon, Duration.ofMillis(quiet), Duration.ofMillis(2), soon);
    }

    FolderInstaller make() {
        return new FolderInstaller(handler, policy, records, staging, times, InstantSource.system());
    }

    /** As a start of the container does: everything that is there is new to the watcher. */
    void start() throws IOException {
        stop();
        installer = make();
        watcher = new FakeWatcher(folder, installer);
        watcher.look();
    }

    void stop() {
        installer.close();
    }

    /** Copied in the way a careful person does: by a rename, with a time stamp of its own. */
    Path put(String name, byte[] content) throws IOException {
        Path other = Files.write(folder.resolveSibling("copied"), content);
        Files.setLastModifiedTime(other, FileTime.fromMillis(stamp += 1000));
        return Files.move(other, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    Path put(String name, String content) throws IOException {
        return put(name, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(stamp += 1000));
    }

    Path refusal(String name) {
        return folder.resolve(name + ".refused");
    }

    /** Until nothing waits that does not have to. */
    void settle() throws IOException {
        watcher.look();
        // One of its own behind all others: rounds are made by one thread.
        Path last = put("zzz-last.yaml", "release: last\nversion: 1.0.0\nbundles: senseless\n# " + stamp + "\n");
        watcher.look();
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(refusal("zzz-last.yaml")));
        Files.delete(last);
        watcher.look();
        await().atMost(Duration.ofSeconds(30)).until(() -> !Files.exists(refusal("zzz-last.yaml")));
        watcher.look();
        handler.requests.removeIf(r -> r.contains("zzz-last"));
    }

    static String release(String name, String version) {
        return "release: " + name + "\nversion: " + version + "\nbundles:\n";
    }

    static String features(String name, String mark) {
        return mark + "<features name='" + name
                + "' version='2.0.0' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'/>";
    }

    /** @param entries name and text, by turns */
    static byte[] kar(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream kar = new JarOutputStream(bytes)) {
            for (int i = 0; i < entries.length; i += 2) {
                kar.putNextEntry(new ZipEntry(entries[i]));
                kar.write(entries[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    static byte[] jar(String name, String version, String... entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!name.isEmpty()) {
            manifest.getMainAttributes().putValue("Bundle-SymbolicName", name + ";singleton:=false");
            manifest.getMainAttributes().putValue("Bundle-Version", version);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (String entry : entries) {
                jar.putNextEntry(new ZipEntry(entry));
                jar.write(entry.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        installer.close();
    }
}
