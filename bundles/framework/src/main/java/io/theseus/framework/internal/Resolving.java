// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Bundle;

/** Resolves bundles together, and says for each that does not what stands in its way. */
final class Resolving {
    private final Framework framework;

    Resolving(Framework framework) {
        this.framework = framework;
    }

    void resolve(List<Bundle> bundles) {
        framework.wiring().resolveBundles(bundles);
        // Felix 7.0.5 does nothing before the first refresh in the life of the framework; looking for an entry resolves
        // too.
        unresolved(bundles).forEach(bundle -> bundle.findEntries("META-INF", "MANIFEST.MF", false));
        ResolutionProblems problems = new ResolutionProblems(framework.bundlesAndSystem());
        List<Problem> found = unresolved(bundles).stream()
                .flatMap(bundle -> problems.of(bundle).stream())
                .toList();
        if (!found.isEmpty()) {
            throw new RefusedException(found);
        }
    }

    /** Mandatory requirements of bundles that nobody meets when others are gone. */
    List<Problem> unmet(Set<Long> bundles, Set<Long> gone) {
        ResolutionProblems problems = new ResolutionProblems(framework.bundlesAndSystem().stream()
                .filter(bundle -> !gone.contains(bundle.getBundleId()))
                .toList());
        return bundles.stream()
                .flatMap(id -> framework.find(id).stream())
                .filter(bundle -> !gone.contains(bundle.getBundleId()))
                .flatMap(bundle -> problems.of(bundle).stream())
                .toList();
    }

    private static List<Bundle> unresolved(List<Bundle> bundles) {
        return bundles.stream()
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .toList();
    }
}
