// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The releases on disk.
 *
 * <pre>
 *   RELEASES                      which there are and their status; replaced at once
 *   journal.jsonl                 what was done; journal-NNNNNN.jsonl: before that
 *   bundles/SHA256.jar
 *   files/SHA256                  what else the features of releases bring
 *   NAME-VERSION/release.yaml     the bundles of a release
 *   NAME-VERSION/appups/BSN.yaml  appups it brought for bundles that have none
 *   NAME-VERSION/relup.yaml       scripts it brought
 *   NAME-VERSION/theseus-features.xml  what Karaf requires, where the release brought nothing that Karaf can read
 *   .unpacking/                   a release that is being fetched
 * </pre>
 *
 * <p>A release exists when {@code RELEASES} names it; a folder or bundle that nothing names is left over from something
 * that was interrupted, and {@link #sweep} deletes it. Thread safety: changed by one thread at a time.
 */
public final class ReleaseStore {
    private static final String RELUP = "relup.yaml";
    private static final String UNWRITABLE = "can not be written";
    private final Path folder;
    private final Disk disk;

    public ReleaseStore(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    public Path journal() {
        return folder.resolve("journal.jsonl");
    }

    public Path bundle(String sha256) {
        return folder.resolve("bundles").resolve(sha256 + ".jar");
    }

    private Path file(String sha256) {
        return folder.resolve("files").resolve(sha256);
    }

    /**
     * The file of a bundle that is about to be installed.
     *
     * @throws RefusedException {@code store} when it is not there, or no longer what was unpacked
     */
    public Path verified(String sha256) {
        return verified(bundle(sha256), sha256);
    }

    /** The same for a file that is about to be brought. */
    public Path verifiedFile(String sha256) {
        return verified(file(sha256), sha256);
    }

    private static Path verified(Path file, String sha256) {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), Sha256.digest())) {
            in.transferTo(OutputStream.nullOutputStream());
            if (!Sha256.text(in.getMessageDigest()).equals(sha256)) {
                throw refused(file, "can not be used", new IOException("it has changed since it was unpacked"));
            }
            return file;
        } catch (IOException e) {
            throw refused(file, "can not be used", e);
        }
    }

    /** An empty folder to fetch a release into. */
    public Path staging() {
        Path staging = folder.resolve(".unpacking");
        try {
            Disk.delete(staging);
            return Files.createDirectories(staging);
        } catch (IOException | UncheckedIOException e) {
            throw refused(staging, UNWRITABLE, e);
        }
    }

    /**
     * What {@code RELEASES} says; empty when there is none yet.
     *
     * @throws RefusedException {@code store} when it, or the file of a release it names, can not be read; nothing is touched
     */
    public Optional<Releases> read() {
        Path file = folder.resolve("RELEASES");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<ReleaseInfo> all = new ArrayList<>();
            for (ReleasesFile.Row row : ReleasesFile.read(Files.readString(file))) {
                all.add(new ReleaseInfo(release(row.id()), row.status(), row.since()));
            }
            return Optional.of(new Releases(all));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw refused(file, "can not be used", e);
        }
    }

    /** @throws RefusedException {@code store}; the former content is there still */
    public void write(Releases releases) {
        Path file = folder.resolve("RELEASES");
        try {
            Files.createDirectories(folder);
            disk.replace(file, ReleasesFile.print(releases).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw refused(file, UNWRITABLE, e);
        }
    }

    /** Stores a release, and moves its files; it exists once {@link #write} names it. */
    public void add(Whole whole) {
        replace(whole, () -> {});
    }

    /**
     * Stores a release in place of the one that has its id. Who is killed meanwhile leaves the former one or neither, and never
     * something of both.
     *
     * @param forget lets {@link #write} name the former one no longer
     */
    public void replace(Whole whole, Runnable forget) {
        Release release = whole.release();
        try {
            Path made = Files.createDirectories(folder.resolve(".unpacking").resolve("release"));
            disk.replace(
                    made.resolve("release.yaml"), ReleaseFile.print(release).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, String> appup : whole.appups().entrySet()) {
                Path file = appup(made, appup.getKey());
                Files.createDirectories(file.getParent());
                disk.replace(file, appup.getValue().getBytes(StandardCharsets.UTF_8));
            }
            if (whole.relup().isPresent()) {
                disk.replace(made.resolve(RELUP), whole.relup().get().getBytes(StandardCharsets.UTF_8));
            }
            for (Map.Entry<String, Path> bundle : whole.bundles().entrySet()) {
                keep(bundle.getValue(), bundle(bundle.getKey()));
            }
            for (Map.Entry<String, Path> file : whole.files().entrySet()) {
                keep(file.getValue(), file(file.getKey()));
            }
            forget.run();
            Disk.delete(folder(release.id()));
            disk.move(made, folder(release.id()));
        } catch (IOException | UncheckedIOException e) {
            throw refused(folder, UNWRITABLE, e);
        }
    }

    private void keep(Path staged, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        disk.force(staged);
        disk.move(staged, target);
    }

    /** The appup a release brought for a bundle that has none. */
    public Optional<String> appup(ReleaseId release, String symbolicName) {
        return text(appup(folder(release), symbolicName));
    }

    /** The scripts a release brought. */
    public Optional<String> relup(ReleaseId release) {
        return text(folder(release).resolve(RELUP));
    }

    /**
     * What a release is to Karaf, in a repository that is there as long as the release is: written, if the release has none.
     *
     * @throws RefusedException {@code store}
     */
    public Optional<Features> features(Release release) {
        return release.features().map(features -> features.written() ? written(release, features) : features);
    }

    // Each time: the store may have been moved, and it says where the bundles are.
    private Features written(Release release, Features features) {
        Path file = folder(release.id()).resolve(Features.WRITTEN).toAbsolutePath();
        try {
            String text = FeaturesXml.print(
                    release,
                    features,
                    sha256 -> bundle(sha256).toAbsolutePath().toUri(),
                    sha256 -> file(sha256).toAbsolutePath().toUri());
            if (!text(file).filter(text::equals).isPresent()) {
                disk.replace(file, text.getBytes(StandardCharsets.UTF_8));
            }
            return features.at(file.toUri().toString());
        } catch (IOException e) {
            throw refused(file, UNWRITABLE, e);
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw refused(file, "can not be read", e);
        }
    }

    /** Deletes what no release needs. Failing to is no error: it is tried again next time. */
    public void sweep(Releases releases) {
        Set<String> folders =
                releases.all().stream().map(i -> name(i.release().id())).collect(Collectors.toSet());
        Set<String> bundles = releases.all().stream()
                .flatMap(i -> i.release().bundles().stream())
                .map(BundleSpec::sha256)
                .map(sha -> sha + ".jar")
                .collect(Collectors.toSet());
        Set<String> files = releases.all().stream()
                .flatMap(i -> i.release().features().stream())
                .flatMap(features -> features.files().values().stream())
                .collect(Collectors.toSet());
        try (Stream<Path> children = Files.list(folder)) {
            children.filter(path -> Files.exists(path.resolve("release.yaml")) || path.endsWith(".unpacking"))
                    .filter(path -> !folders.contains(path.getFileName().toString()))
                    .forEach(Disk::delete);
            sweep(folder.resolve("bundles"), bundles);
            sweep(folder.resolve("files"), files);
        } catch (IOException | UncheckedIOException e) {
            return;
        }
    }

    private static void sweep(Path folder, Set<String> needed) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(path -> !needed.contains(path.getFileName().toString()))
                        .forEach(Disk::delete);
            }
        }
    }

    /** @throws RefusedException {@code no-room} */
    public void needRoom(long bytes) {
        try {
            Files.createDirectories(folder);
            long usable = disk.usable(folder);
            if (usable < bytes) {
                throw new RefusedException(Problem.of(
                                "no-room",
                                folder.toString(),
                                "the disk has " + megabytes(usable) + " left, " + megabytes(bytes) + " are needed")
                        .withHint("make room; nothing has changed"));
            }
        } catch (IOException e) {
            throw refused(folder, UNWRITABLE, e);
        }
    }

    private Release release(ReleaseId id) throws IOException {
        Path file = folder(id).resolve("release.yaml");
        try {
            return ReleaseFile.read(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw refused(file, "can not be used", e);
        }
    }

    private Path folder(ReleaseId id) {
        return folder.resolve(name(id));
    }

    private static String name(ReleaseId id) {
        return id.name() + "-" + id.version();
    }

    private static Path appup(Path release, String symbolicName) {
        return release.resolve("appups").resolve(symbolicName + ".yaml");
    }

    private static String megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000 + " MB";
    }

    private static RefusedException refused(Path where, String what, Exception cause) {
        String reason = cause instanceof java.nio.file.NoSuchFileException ? "a file is missing: " : "";
        return new RefusedException(
                Problem.of("store", where.toString(), what + ": " + reason + cause.getMessage())
                        .withHint(
                                what.equals(UNWRITABLE)
                                        ? "make room, or let the container write there; what runs goes on"
                                        : "repair it or restore it from a backup; what runs goes on, and release handling waits"));
    }
}
