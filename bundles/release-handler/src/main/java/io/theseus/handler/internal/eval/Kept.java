// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.release.Release;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an install left beside the current generation, until it is made permanent or rolled back.
 *
 * @param from the release that is warm
 * @param to the release that is current
 * @param pairs for the id of an old bundle that of its successor
 * @param retired ids of the bundles that go when the release is made permanent
 * @param installed ids of the bundles that go when it is rolled back
 * @param dormant components of the old release that are suspended
 * @param handed those whose state was to be handed over
 * @param skipped those of them that kept it: they did not get quiet in time
 * @param cold whether the container restarted into the release, so that nothing of the old one is warm
 * @param soft applications whose appup wants no call of theirs interrupted ({@code post_purge: soft})
 */
public record Kept(
        Release from,
        Release to,
        Map<Long, Long> pairs,
        Set<Long> retired,
        Set<Long> installed,
        Set<Part> dormant,
        Set<Part> handed,
        Set<Part> skipped,
        boolean cold,
        Set<String> soft) {
    public Kept {
        // Last installed, first gone: who depends on another comes after it.
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
        retired = descending(retired);
        installed = descending(installed);
        dormant = Set.copyOf(dormant);
        handed = Set.copyOf(handed);
        skipped = Set.copyOf(skipped);
        soft = Set.copyOf(soft);
    }

    private static Set<Long> descending(Set<Long> ids) {
        SortedSet<Long> result = new TreeSet<>(Comparator.reverseOrder());
        result.addAll(ids);
        return Collections.unmodifiableSortedSet(result);
    }
}
