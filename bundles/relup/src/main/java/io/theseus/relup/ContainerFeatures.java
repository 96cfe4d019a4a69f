// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.port.FeatureRules;
import java.util.Optional;
import java.util.Set;

/** What a container says of features. Asked only where it matters. */
@FunctionalInterface
public interface ContainerFeatures {
    /** Ids of the features that it has. */
    Set<String> installed();

    /** What rules of its own make of the feature repository that is read; empty: it has no rules. */
    default Optional<FeatureRules> rules() {
        return Optional.empty();
    }
}
