// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An unpacked Karaf and its configuration, before it is started. Thread safety: for use by one thread.
 */
public final class Distribution {
    private final Path home;

    private Distribution(Path home) {
        this.home = home;
    }

    /** Unpacks a distribution; the archive has one folder at its top. */
    public static Distribution unpack(Path archive, Path directory) {
        try {
            Files.createDirectories(directory);
            Process tar = new ProcessBuilder(
                            "tar", "-xzf", archive.toString(), "--strip-components=1", "-C", directory.toString())
                    .inheritIO()
                    .start();
            if (tar.waitFor() != 0) {
                throw new IllegalStateException(archive + " cannot be unpacked: tar ended with " + tar.exitValue());
            }
            return new Distribution(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while unpacking " + archive, e);
        }
    }

    public Path home() {
        return home;
    }

    public Path etc(String file) {
        return home.resolve("etc").resolve(file);
    }

    /** Lets everything listen on the loopback address only. */
    public Distribution listen(Ports ports) {
        put(
                "org.ops4j.pax.web.cfg",
                Map.of(
                        "org.osgi.service.http.port",
                        ports.http(),
                        "org.ops4j.pax.web.listening.addresses",
                        "127.0.0.1"));
        put("org.apache.karaf.shell.cfg", Map.of("sshPort", ports.ssh(), "sshHost", "127.0.0.1"));
        put(
                "org.apache.karaf.management.cfg",
                Map.of("rmiRegistryPort", ports.registry(), "rmiServerPort", ports.jmx()));
        return this;
    }

    /** Adds a user with the given roles, {@code admin,ssh} for example. */
    public Distribution user(String name, String password, String roles) {
        append(etc("users.properties"), name + " = " + password + "," + roles);
        return this;
    }

    /** Lets {@code mvn:} URLs be found in these folders of Maven layout and nowhere else: no test may depend on a network. */
    public Distribution repositories(List<Path> folders) {
        List<String> all = new ArrayList<>(List.of(
                "${karaf.home.uri}${karaf.default.repository}@id=system.repository",
                "${karaf.base.uri}${karaf.default.repository}@id=child.system.repository"));
        for (Path folder : folders) {
            all.add(folder.toUri() + "@id=test" + all.size());
        }
        Path nowhere = home.resolve("data").resolve("m2");
        put(
                "org.ops4j.pax.url.mvn.cfg",
                Map.of(
                        "org.ops4j.pax.url.mvn.defaultRepositories",
                        String.join(",", all),
                        "org.ops4j.pax.url.mvn.repositories",
                        "",
                        "org.ops4j.pax.url.mvn.localRepository",
                        nowhere));
        return this;
    }

    /** Sets properties of a configuration file. What it says about them already is taken out. */
    public Distribution put(String file, Map<String, ?> properties) {
        Path path = etc(file);
        List<String> lines = new ArrayList<>();
        if (Files.exists(path)) {
            boolean dropping = false;
            for (String line : readLines(path)) {
                dropping = dropping || properties.containsKey(line.split("[=:\\s]", 2)[0]);
                if (!dropping) {
                    lines.add(line);
                }
                // A value goes on while its lines end with a backslash.
                dropping = dropping && line.endsWith("\\");
            }
        }
        new TreeMap<>(properties).forEach((key, value) -> lines.add(key + " = " + value));
        try {
            Files.write(path, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Deletes what Karaf keeps over restarts, as {@code karaf clean} does. */
    public void wipe() {
        try (Stream<Path> files = Files.walk(home.resolve("data"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> readLines(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path path, String line) {
        try {
            Files.writeString(path, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
