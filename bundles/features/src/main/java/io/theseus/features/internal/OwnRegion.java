// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import java.util.HashSet;
import java.util.Set;
import org.apache.karaf.features.FeaturesService;
import org.eclipse.equinox.region.Region;
import org.eclipse.equinox.region.RegionDigraph;
import org.eclipse.equinox.region.RegionFilter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/**
 * A region for bundles that Karaf's operations do not count: they plan with what is in the root region and in those below it, and keep others
 * as they are. Whoever is in one sees all of the other, as if they were one.
 *
 * <p>Thread safety: used by one thread at a time; others may change the digraph meanwhile.
 */
final class OwnRegion {
    static final String NAME = "theseus";
    private static final int TRIES = 20;

    private OwnRegion() {}

    /**
     * Moves these bundles there, and all others back.
     *
     * @throws BundleException if others change the regions all the time
     */
    static void hold(RegionDigraph digraph, Set<Long> wanted) throws BundleException {
        for (int tries = 1; !isSo(digraph, wanted); tries++) {
            // A bundle in no region would see nothing, even for a moment: all of it is done in a copy that takes the
            // place at once.
            RegionDigraph copy = digraph.copy();
            change(copy, wanted);
            try {
                digraph.replace(copy);
            } catch (BundleException e) {
                // It has changed since it was copied.
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** What is nowhere is not moved: it has gone. */
    private static boolean isSo(RegionDigraph digraph, Set<Long> wanted) {
        @Nullable Region own = digraph.getRegion(NAME);
        @Nullable Region root = digraph.getRegion(FeaturesService.ROOT_REGION);
        return root == null
                || (wanted.stream().noneMatch(root::contains)
                        && (own == null || wanted.containsAll(own.getBundleIds())));
    }

    private static void change(RegionDigraph digraph, Set<Long> wanted) throws BundleException {
        @Nullable Region root = digraph.getRegion(FeaturesService.ROOT_REGION);
        if (root == null) {
            return;
        }
        @Nullable Region own = digraph.getRegion(NAME);
        if (own == null) {
            own = digraph.createRegion(NAME);
            own.connectRegion(root, everything(digraph));
            root.connectRegion(own, everything(digraph));
        }
        for (long id : new HashSet<>(own.getBundleIds())) {
            if (!wanted.contains(id)) {
                own.removeBundle(id);
                root.addBundle(id);
            }
        }
        for (long id : wanted) {
            if (root.contains(id)) {
                root.removeBundle(id);
                own.addBundle(id);
            }
        }
        // An empty one stays: a look-up of a service that has found it goes on from there. Karaf drops it later.
    }

    private static RegionFilter everything(RegionDigraph digraph) {
        return digraph.createRegionFilterBuilder()
                .allowAll(RegionFilter.VISIBLE_ALL_NAMESPACE)
                .build();
    }
}
