// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.Configurations;
import io.theseus.release.Features;
import io.theseus.release.Release;
import java.util.HashSet;
import java.util.Set;

/** What of that which the features of a release bring besides bundles is there already, as a plan asks for it. */
final class There {
    private There() {}

    static Set<String> of(Release release, Configurations configurations) {
        Set<String> there = new HashSet<>();
        for (Features features : release.features().stream().toList()) {
            features.configurations().keySet().stream()
                    .filter(configurations::has)
                    .forEach(there::add);
            for (String place : features.files().keySet()) {
                if (configurations.hasFile(place)) {
                    there.add(place);
                } else {
                    Features.configured(place).filter(configurations::has).ifPresent(there::add);
                }
            }
        }
        return there;
    }

    /** Where nothing is brought. */
    static Set<String> everything(Release release) {
        Set<String> there = new HashSet<>();
        release.features().ifPresent(features -> {
            there.addAll(features.configurations().keySet());
            there.addAll(features.files().keySet());
        });
        return there;
    }
}
