// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.release.BundleSpec;
import io.theseus.release.Release;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What release handling knows at one moment. */
record Known(List<ReleaseInfo> releases) {
    // The release that records what was there when Theseus came, and what is derived from it, is nobody's file.
    private static final Pattern FIRST = Pattern.compile("container/0\\.0\\.0(\\..*)?");

    Known {
        releases = List.copyOf(releases);
    }

    /** @throws io.theseus.release.RefusedException when the store can not be used */
    static Known of(ReleaseHandler handler) {
        return new Known(handler.releases());
    }

    Optional<ReleaseInfo> release(ReleaseId id) {
        return releases.stream().filter(r -> r.release().id().equals(id)).findFirst();
    }

    /** The release that runs. */
    Optional<Release> running() {
        return with(ReleaseStatus.CURRENT).or(() -> with(ReleaseStatus.PERMANENT));
    }

    /** The release that runs and is not permanent yet: nothing can be installed on top of it. */
    Optional<Release> baking() {
        return with(ReleaseStatus.CURRENT).or(() -> with(ReleaseStatus.TMP_CURRENT));
    }

    Optional<Release> permanent() {
        return with(ReleaseStatus.PERMANENT);
    }

    private Optional<Release> with(ReleaseStatus status) {
        return releases.stream()
                .filter(r -> r.status() == status)
                .map(ReleaseInfo::release)
                .findFirst();
    }

    /** The application of that name in the release that runs. */
    Optional<BundleSpec> application(String symbolicName) {
        return running()
                .flatMap(release -> release.bundle(symbolicName))
                .filter(bundle -> bundle.role() == BundleSpec.Role.APPLICATION);
    }

    /** Whether a feature repository's name, {@code shop} or {@code shop-2.0.0}, is that of a release which was unpacked once. */
    boolean named(String repository) {
        return releases.stream()
                .map(r -> r.release().id())
                .filter(id -> !FIRST.matcher(id.toString()).matches())
                .anyMatch(id -> repository.matches(Pattern.quote(id.name()) + "(-[0-9].*)?"));
    }
}
