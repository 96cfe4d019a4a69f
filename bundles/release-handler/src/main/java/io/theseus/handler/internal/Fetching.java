// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.store.Sha256;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.relup.BundleFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.function.UnaryOperator;

/** Brings what URLs name: to memory, or to a file with its digest. */
final class Fetching {
    private static final int LONGEST_TEXT = 16_000_000;
    private final Deciding deciding;
    private final UnaryOperator<String> place;

    Fetching(Deciding deciding) {
        this(deciding, UnaryOperator.identity());
    }

    /** @param place where what has a location is read from */
    Fetching(Deciding deciding, UnaryOperator<String> place) {
        this.deciding = deciding;
        this.place = place;
    }

    /** A bundle that was fetched. */
    record Fetched(Path file, String sha256, BundleFacts facts) {}

    /** A file that was fetched. */
    record Copy(Path file, String sha256) {}

    /** @throws RefusedException with {@code code} when it can not be read */
    byte[] text(String location, String where, String code) {
        try (InputStream in = open(location)) {
            byte[] bytes = in.readNBytes(LONGEST_TEXT + 1);
            if (bytes.length > LONGEST_TEXT) {
                throw new IOException("it is longer than " + LONGEST_TEXT / 1_000_000 + " MB");
            }
            return bytes;
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(location, where, code, e);
        }
    }

    /** @throws RefusedException {@code missing-bundle}, {@code bad-bundle} */
    Fetched bundle(String location, String where, Path folder) {
        Copy copy = file(location, where, folder, "missing-bundle");
        try (InputStream jar = Files.newInputStream(copy.file())) {
            return new Fetched(copy.file(), copy.sha256(), deciding.facts(location, jar));
        } catch (IOException e) {
            throw unreadable(location, where, "missing-bundle", e);
        }
    }

    /** @throws RefusedException with {@code code} when it can not be read */
    Copy file(String location, String where, Path folder, String code) {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = open(location)) {
            Path file = Files.createTempFile(folder, "fetched", "");
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
                in.transferTo(out);
            }
            return new Copy(file, Sha256.text(digest));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(location, where, code, e);
        }
    }

    private InputStream open(String location) throws IOException {
        // No URI: wrap: and war: locations of features have characters that a URI must not have.
        URLConnection connection = new URL(place.apply(location)).openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private RefusedException unreadable(String location, String where, String code, Exception e) {
        String reason = e instanceof java.io.FileNotFoundException || e instanceof java.nio.file.NoSuchFileException
                ? "there is no such file"
                : e.getMessage();
        return new RefusedException(Problem.of(code, where, place.apply(location) + " can not be read: " + reason)
                .withHint("check that it is there and can be reached from this container"));
    }
}
