// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps two generations from being wired to each other. The framework prefers what is resolved already, so a new bundle would take the
 * packages of the old generation. Bundles of no group see both. Asked under the framework's locks: looks at ids only. Thread safety: safe.
 */
final class Apart implements ResolverHookFactory, ResolverHook {
    private volatile Map<Long, Boolean> incoming = Map.of();

    void separate(Set<Long> old, Set<Long> next) {
        incoming = Stream.concat(old.stream(), next.stream())
                .distinct()
                .collect(Collectors.toUnmodifiableMap(id -> id, next::contains));
    }

    /** Whether one of the two is of the old generation, and the other one of the new. */
    boolean apart(long bundle, long other) {
        Map<Long, Boolean> groups = incoming;
        @Nullable Boolean group = groups.get(bundle);
        return group != null && !group.equals(groups.getOrDefault(other, group));
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        long user = id(requirement.getRevision());
        candidates.removeIf(candidate -> apart(user, id(candidate.getRevision())));
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {}

    @Override
    public void filterSingletonCollisions(
            BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {}

    @Override
    public void end() {}

    private static long id(BundleRevision revision) {
        return revision.getBundle().getBundleId();
    }
}
