// SPDX-License-Identifier: Apache-2.0
package io.theseus.port;

import java.util.List;

/**
 * What Karaf's own rules make of a feature repository: its black list, overrides and replacements, which are in
 * {@code etc/org.apache.karaf.features.xml} and in older files beside it.
 *
 * @param barred whether the whole of it is on the black list
 * @param features in the order of the file
 */
public record FeatureRules(boolean barred, List<Ruled> features) {
    public FeatureRules {
        features = List.copyOf(features);
    }

    /**
     * A feature, or what a feature has on a condition.
     *
     * @param barred whether it is on the black list
     * @param replaced whether another one has taken its place: then the rest is that one's
     * @param bundles in the order of the file; those that a rule adds come last
     * @param included for each feature that it includes, in the order of the file, whether that is on the black list
     * @param conditional what it has on conditions, in the order of the file
     */
    public record Ruled(
            boolean barred,
            boolean replaced,
            List<RuledBundle> bundles,
            List<Boolean> included,
            List<Ruled> conditional) {
        public Ruled {
            bundles = List.copyOf(bundles);
            included = List.copyOf(included);
            conditional = List.copyOf(conditional);
        }
    }

    /**
     * A bundle of a feature.
     *
     * @param written the location in the file
     * @param location where it comes from
     * @param older whether it comes from there only if that is a bundle of the same symbolic name and a higher version
     * @param barred whether it is on the black list
     * @param start whether it is started
     * @param startLevel 0: that of the feature
     */
    public record RuledBundle(
            String written,
            String location,
            boolean older,
            boolean barred,
            boolean dependency,
            boolean start,
            int startLevel) {}
}
