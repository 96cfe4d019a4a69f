// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.release.Release;
import java.util.Map;
import java.util.Set;

/**
 * What an install left beside the current generation, until it is made permanent or rolled back.
 *
 * @param from the release that is warm
 * @param to the release that is current
 * @param pairs for the id of an old bundle that of its successor
 * @param retired ids of the bundles that go when the release is made permanent
 * @param installed ids of the bundles that go when it is rolled back
 * @param dormant components of the old release that are suspended
 * @param handed those whose state was handed over
 */
public record Kept(
        Release from,
        Release to,
        Map<Long, Long> pairs,
        Set<Long> retired,
        Set<Long> installed,
        Set<Part> dormant,
        Set<Part> handed) {
    public Kept {
        pairs = Map.copyOf(pairs);
        retired = Set.copyOf(retired);
        installed = Set.copyOf(installed);
        dormant = Set.copyOf(dormant);
        handed = Set.copyOf(handed);
    }
}
