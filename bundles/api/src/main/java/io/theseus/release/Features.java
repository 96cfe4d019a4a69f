// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.List;
import java.util.Objects;

/**
 * The Karaf features that a release is, as Karaf itself knows them.
 *
 * @param repository URL of the feature repository
 * @param roots ids ({@code name/version}) of the features that no other one of the repository includes; at least one
 */
public record Features(String repository, List<String> roots) {
    public Features {
        Objects.requireNonNull(repository, "repository");
        roots = List.copyOf(roots);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("a release of features has at least one");
        }
    }
}
