// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A release: a name, a version, and the exact set of bundles.
 *
 * @param bundles in the order of the release file; every symbolic name once
 */
public record Release(ReleaseId id, List<BundleSpec> bundles) {
    public Release {
        Objects.requireNonNull(id, "id");
        bundles = List.copyOf(bundles);
    }

    public Optional<BundleSpec> bundle(String symbolicName) {
        return bundles.stream()
                .filter(b -> b.symbolicName().equals(symbolicName))
                .findFirst();
    }

    public List<BundleSpec> applications() {
        return bundles.stream()
                .filter(b -> b.role() == BundleSpec.Role.APPLICATION)
                .toList();
    }
}
