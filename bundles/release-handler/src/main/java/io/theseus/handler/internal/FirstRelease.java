// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.Fetching.Fetched;
import io.theseus.handler.internal.store.ReleaseStore;
import io.theseus.handler.internal.store.Releases;
import io.theseus.handler.internal.store.Whole;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.BundleSpec;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.StartType;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The release of a container that never installed one. */
final class FirstRelease {
    private static final Logger LOG = LoggerFactory.getLogger(FirstRelease.class);
    private static final ReleaseId ZERO = new ReleaseId("container", Version.emptyVersion);
    private final Ports ports;
    private final ReleaseStore store;
    private final Fetching fetching;
    private final Clock clock;

    FirstRelease(Ports ports, ReleaseStore store, Fetching fetching, Clock clock) {
        this.ports = ports;
        this.store = store;
        this.fetching = fetching;
        this.clock = clock;
    }

    /** What runs, as release 0, with the bytes of its bundles where they can be had. */
    Releases record() {
        Path staging = store.staging();
        Map<String, Path> files = new HashMap<>();
        List<BundleSpec> bundles = ports.code().snapshot().bundles().stream()
                .filter(Installed::application)
                .map(b -> new BundleSpec(
                        b.symbolicName(),
                        b.version(),
                        b.location(),
                        digest(b, staging, files),
                        Math.max(1, b.startLevel()),
                        BundleSpec.Role.APPLICATION,
                        b.active() || b.persistent() ? StartType.REQUIRED : StartType.NONE))
                .toList();
        ReleaseInfo zero = new ReleaseInfo(new Release(ZERO, bundles), ReleaseStatus.PERMANENT, clock.instant());
        store.add(new Whole(zero.release(), files, Map.of(), Map.of(), Optional.empty()));
        return new Releases(List.of(zero));
    }

    // What its location holds may be gone, or another version by now; then the release does without.
    private String digest(Installed bundle, Path staging, Map<String, Path> files) {
        try {
            Fetched fetched = fetching.bundle(bundle.location(), bundle.location(), staging);
            if (fetched.facts().symbolicName().equals(bundle.symbolicName())
                    && fetched.facts().version().equals(bundle.version())) {
                files.put(fetched.sha256(), fetched.file());
                return fetched.sha256();
            }
        } catch (RefusedException e) {
            LOG.info("{} runs and its file is not stored: {}", bundle, e.getMessage());
        }
        return "";
    }
}
