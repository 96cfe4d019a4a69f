// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.api.CodeChange;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A container of fakes around the real handler. */
final class World implements AutoCloseable {
    final Path folder;
    final Log log = new Log();
    final FakeCodeServer code = new FakeCodeServer(log);
    final FakeSwitchboard switchboard = new FakeSwitchboard(log);
    final FakeBelongings belongings = new FakeBelongings(log);
    final Map<String, Accounts> accounts = new HashMap<>();
    final FakeComponents components = new FakeComponents(code, this::component);
    final FakeConfigurations configurations = new FakeConfigurations(log);
    final FakeRestart restart = new FakeRestart(log);
    final FakeNodes nodes = new FakeNodes(log);
    final FakeRequirements requirements = new FakeRequirements(log);
    final FakeDeciding deciding = new FakeDeciding();
    final MortalDisk disk = new MortalDisk(log);
    Requests handler;

    World(Path folder) {
        this.folder = folder;
        this.handler = open();
    }

    /** What a kill of the JVM and a start do. */
    void restart() {
        down();
        handler = open();
        up();
    }

    /** Waits until a release that is tried has come up, or has not. */
    void up() {
        if (handler.activity().isEmpty()) {
            return;
        }
        org.awaitility.Awaitility.await()
                .pollDelay(java.time.Duration.ZERO)
                .pollInterval(java.time.Duration.ofMillis(5))
                .atMost(java.time.Duration.ofSeconds(20))
                .until(() -> handler.activity().isEmpty());
    }

    void down() {
        handler.close();
        log.revive();
        code.restart();
        switchboard.other = Optional.empty();
        switchboard.lines.clear();
        switchboard.switched = false;
        switchboard.closed = java.util.Set.of();
        accounts.clear();
    }

    Requests open() {
        return new Requests(
                new Ports(
                        code,
                        switchboard,
                        belongings,
                        components,
                        configurations,
                        restart,
                        nodes,
                        Optional.of(requirements)),
                deciding,
                disk,
                Clock.systemUTC(),
                folder.resolve("releases"));
    }

    /** Unpacks a release of bundles as {@code ledger 1.0.0}. */
    ReleaseId unpack(String version, String... bundles) {
        String lines = Arrays.stream(bundles).map(b -> "bundle " + bundle(b)).collect(Collectors.joining("\n"));
        ReleaseInfo info = handler.unpack(file("shop-" + version, "release shop " + version + "\n" + lines));
        return info.release().id();
    }

    /** Release 1.0.0, permanent and running. */
    ReleaseId running(String version, String... bundles) {
        ReleaseId id = unpack(version, bundles);
        handler.install(id, io.theseus.release.InstallOptions.DEFAULT, Progress.SILENT);
        handler.makePermanent(id, PermanentOptions.DEFAULT, Progress.SILENT);
        return id;
    }

    URI bundle(String text) {
        return file(text.replace(' ', '-') + ".jar", text);
    }

    URI file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content).toUri();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Accounts accounts(String bundle) {
        return accounts.computeIfAbsent(bundle, name -> new Accounts(name, log));
    }

    /** Every file of the store with its content, but the journal. */
    Map<String, String> store() {
        Path store = folder.resolve("releases");
        try (Stream<Path> files = Files.walk(store)) {
            Map<String, String> result = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("journal.jsonl")) {
                    // Any byte is a character: jars are no text.
                    result.put(store.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What else than bundles features bring, in the store. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("releases/files"))) {
            return files.toList();
        }
    }

    List<String> journal() {
        try {
            return Files.readAllLines(folder.resolve("releases/journal.jsonl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<CodeChange<?>> component(String bundle, String component) {
        return bundle.startsWith("ledger ") ? Optional.of(accounts(bundle)) : Optional.empty();
    }

    @Override
    public void close() {
        handler.close();
    }
}
