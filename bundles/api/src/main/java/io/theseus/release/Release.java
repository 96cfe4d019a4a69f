// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import io.theseus.internal.ByName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A release: a name, a version, and the exact set of bundles.
 *
 * @param bundles in the order of the release file; every symbolic name once
 * @param features what it is to Karaf; empty: Karaf is told nothing of it
 */
public record Release(ReleaseId id, List<BundleSpec> bundles, Optional<Features> features) {
    public Release {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(features, "features");
        bundles = ByName.of(bundles, BundleSpec::symbolicName);
    }

    /** A release that Karaf is told nothing of. */
    public Release(ReleaseId id, List<BundleSpec> bundles) {
        this(id, bundles, Optional.empty());
    }

    public Optional<BundleSpec> bundle(String symbolicName) {
        return ByName.of(bundles, BundleSpec::symbolicName).named(symbolicName).stream()
                .findFirst();
    }

    public List<BundleSpec> applications() {
        return bundles.stream()
                .filter(b -> b.role() == BundleSpec.Role.APPLICATION)
                .toList();
    }
}
