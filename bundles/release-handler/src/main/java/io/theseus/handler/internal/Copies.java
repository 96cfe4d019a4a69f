// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.store.ReleaseStore;
import io.theseus.handler.internal.store.Releases;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.BundleSpec;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bundles that are there twice in one version: it moved along with a library, or came in another build. Thread safety: safe. */
final class Copies {
    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);
    private final Ports ports;
    private final ReleaseStore store;
    private final Releases releases;

    Copies(Ports ports, ReleaseStore store, Releases releases) {
        this.ports = ports;
        this.store = store;
        this.releases = releases;
    }

    /**
     * The one that stays when the container starts: of two builds that of the release, of two copies the one that starts with the container,
     * as the second does when it is permanent. Empty where there is one only, or none is ours: the first may be somebody else's, at a
     * location of his.
     */
    Optional<Installed> kept(BundleSpec bundle, Snapshot snapshot) {
        List<Installed> found =
                snapshot.all(bundle.symbolicName(), bundle.version()).toList();
        if (found.size() < 2 || found.stream().noneMatch(this::ours)) {
            return Optional.empty();
        }
        List<Installed> right =
                found.stream().filter(each -> holds(each, bundle).orElse(false)).toList();
        List<Installed> choice = right.isEmpty() ? found : right;
        return choice.stream()
                .filter(Installed::persistent)
                .reduce((first, second) -> second)
                .or(() -> choice.stream().findFirst());
    }

    /** Another build than the release has, that a release left behind which did not become permanent, while the right one is gone. */
    Optional<Installed> leftOver(BundleSpec bundle, Snapshot snapshot) {
        List<Installed> found =
                snapshot.all(bundle.symbolicName(), bundle.version()).toList();
        return found.stream()
                .filter(each -> found.size() == 1 && !each.persistent() && ours(each))
                .filter(each -> !holds(each, bundle).orElse(true))
                .findFirst();
    }

    /** Whether it was installed for a release, which may have it from another location than the permanent one. */
    private boolean ours(Installed installed) {
        return releases.all().stream()
                .flatMap(info -> info.release().bundle(installed.symbolicName()).stream())
                .anyMatch(bundle -> bundle.version().equals(installed.version()) && bundle.isAt(installed.location()));
    }

    /** The others of its version. */
    static Stream<Installed> others(Installed kept, Snapshot snapshot) {
        return snapshot.all(kept.symbolicName(), kept.version()).filter(each -> each.id() != kept.id());
    }

    /** Whether it is the build of the release; empty where that can not be told. */
    private Optional<Boolean> holds(Installed installed, BundleSpec bundle) {
        if (bundle.sha256().isEmpty() || !Files.exists(store.bundle(bundle.sha256()))) {
            return Optional.empty();
        }
        try {
            return Optional.of(ports.code().holds(installed.id(), store.bundle(bundle.sha256())));
        } catch (RuntimeException e) {
            LOG.warn("It is not known which build bundle {} is: {}", installed.id(), e.getMessage());
            return Optional.empty();
        }
    }
}
