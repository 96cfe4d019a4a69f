// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.FeatureRules;
import io.theseus.port.Requirements;
import io.theseus.relup.ContainerFeatures;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What Karaf says of the feature repository that is unpacked. A container without it says nothing. */
final class KnownFeatures implements ContainerFeatures {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private final Optional<Requirements> karaf;
    private final URI source;

    KnownFeatures(Ports ports, URI source) {
        this.karaf = ports.requirements();
        this.source = source;
    }

    @Override
    public Set<String> installed() {
        return karaf.map(each -> each.installed(LIMIT)).orElse(Set.of());
    }

    @Override
    public Optional<FeatureRules> rules() {
        return karaf.map(each -> each.rules(source));
    }
}
