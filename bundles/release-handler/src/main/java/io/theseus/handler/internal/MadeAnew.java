// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.Fetching.Fetched;
import io.theseus.handler.internal.store.ReleaseStore;
import io.theseus.handler.internal.store.Releases;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Bundles that are made when they are read, as those of {@code wrap:}. Each time they have other bytes, since they have the time in them:
 * two releases that have the same one would have two builds of it. Thread safety: used by the handler thread.
 */
final class MadeAnew {
    private final Deciding deciding;
    private final ReleaseStore store;
    private final Releases releases;

    MadeAnew(Deciding deciding, ReleaseStore store, Releases releases) {
        this.deciding = deciding;
        this.store = store;
        this.releases = releases;
    }

    /** The digest of the one that a release has of the same location, if nothing but the time differs. */
    Optional<String> known(String location, Fetched fetched) {
        if (!location.startsWith("wrap:")) {
            return Optional.empty();
        }
        String content = content(fetched.file());
        return releases.all().stream()
                .flatMap(info -> info.release().bundles().stream())
                .filter(bundle -> bundle.location().equals(location))
                .map(BundleSpec::sha256)
                .filter(sha256 -> !sha256.isEmpty() && Files.exists(store.bundle(sha256)))
                .distinct()
                .filter(sha256 -> content(store.bundle(sha256)).equals(content))
                .findFirst();
    }

    private String content(Path file) {
        try (InputStream jar = Files.newInputStream(file)) {
            return deciding.content(jar);
        } catch (IOException e) {
            throw new RefusedException(Problem.of("store", file.toString(), "can not be read: " + e.getMessage()));
        }
    }
}
