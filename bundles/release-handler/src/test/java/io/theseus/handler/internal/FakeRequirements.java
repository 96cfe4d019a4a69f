// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.FeatureRules;
import io.theseus.port.Requirements;
import io.theseus.release.Features;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A set of feature ids. */
final class FakeRequirements implements Requirements {
    final Set<String> required = new TreeSet<>();
    /** Locations of bundles of features. */
    final Map<String, String> bundles = new HashMap<>();

    /** Where the features are that were asked for last. */
    volatile String repository = "";

    volatile boolean settled = true;
    volatile List<Problem> problems = List.of();
    /** What Karaf does while it is asked. */
    Runnable besides = () -> {};

    /** What it makes of every repository. */
    volatile FeatureRules rules = new FeatureRules(false, List.of());

    /** What is not counted. */
    volatile Set<Long> overlooked = Set.of();
    /** Stands around the starts of an operation. */
    volatile Around stopped = Around.NOBODY;

    private final Log log;

    FakeRequirements(Log log) {
        this.log = log;
    }

    @Override
    public boolean settled() {
        return settled;
    }

    @Override
    public synchronized boolean require(Features features, Set<String> former, Duration limit) {
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        besides.run();
        repository = features.repository();
        Set<String> before = new TreeSet<>(required);
        required.removeAll(former);
        required.addAll(features.roots());
        if (before.equals(required)) {
            return false;
        }
        log.call("require " + String.join(" ", features.roots()));
        return true;
    }

    /** Of features that have such a bundle the id changes, and what they have. */
    @Override
    public synchronized boolean revise(Map<String, Optional<String>> instead, String qualifier, Duration limit) {
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        besides.run();
        Map<String, String> affected = bringing(instead.keySet(), limit);
        affected.forEach((location, feature) -> {
            String copy = feature.replaceFirst("(/[0-9]+\\.[0-9]+\\.[0-9]+).*", "$1." + qualifier);
            bundles.remove(location);
            bundles.replaceAll((other, id) -> id.equals(feature) ? copy : id);
            instead.get(location).ifPresent(next -> bundles.put(next, copy));
            required.remove(feature);
            required.add(copy);
            log.call("require " + copy);
        });
        return !affected.isEmpty();
    }

    @Override
    public synchronized Map<String, String> bringing(Set<String> locations, Duration limit) {
        Map<String, String> result = new TreeMap<>(bundles);
        result.keySet().retainAll(locations);
        result.values().retainAll(required);
        return result;
    }

    @Override
    public synchronized Set<String> installed(Duration limit) {
        return Set.copyOf(required);
    }

    @Override
    public FeatureRules rules(URI source) {
        return rules;
    }

    @Override
    public void overlook(Set<Long> incoming, Around around) {
        stopped.after();
        overlooked = Set.copyOf(incoming);
        stopped = around;
    }

    synchronized Set<String> required() {
        return new TreeSet<>(required);
    }
}
