// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Kept;
import io.theseus.handler.internal.eval.Part;
import io.theseus.port.Snapshot;
import io.theseus.release.BundleSpec;
import io.theseus.release.Release;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a container that has restarted into a release keeps of the one before: bundles that are installed and do not run. Stateless. */
final class Cold {
    private Cold() {}

    static Kept kept(Ports ports, Release from, Release to) {
        Snapshot snapshot = ports.code().snapshot();
        Map<Long, Long> pairs = new HashMap<>();
        Set<Part> stateful = new HashSet<>();
        for (BundleSpec bundle : to.applications()) {
            Optional<Long> old = from.bundle(bundle.symbolicName()).flatMap(b -> id(snapshot, b));
            Optional<Long> next = id(snapshot, bundle);
            old.ifPresent(o -> next.filter(n -> !n.equals(o)).ifPresent(n -> pairs.put(o, n)));
            next.ifPresent(n -> ports.components()
                    .stateful(n)
                    .forEach(name -> stateful.add(new Part(bundle.symbolicName(), name))));
        }
        return new Kept(
                from,
                to,
                pairs,
                ids(snapshot, from, to),
                ids(snapshot, to, from),
                Set.of(),
                stateful,
                Set.of(),
                true,
                Set.of());
    }

    /** Whether that is how a release runs that is current: a JVM that has just started runs nothing of it. */
    static boolean runs(Ports ports, Release from, Release to) {
        Snapshot snapshot = ports.code().snapshot();
        Set<Long> old = ids(snapshot, from, to);
        Set<Long> next = ids(snapshot, to, from);
        List<Snapshot.Installed> started = snapshot.bundles().stream()
                .filter(b -> next.contains(b.id()) && Health.mustRun(to, b))
                .toList();
        return snapshot.bundles().stream().noneMatch(b -> old.contains(b.id()) && b.active())
                && !started.isEmpty()
                && started.stream().allMatch(Snapshot.Installed::active);
    }

    /** Ids of the bundles of a release that another has not. */
    static Set<Long> ids(Snapshot snapshot, Release release, Release without) {
        Set<Long> ids = new HashSet<>();
        for (BundleSpec bundle : release.bundles()) {
            if (!Boot.contains(without, bundle)) {
                snapshot.find(bundle.symbolicName(), bundle.version())
                        .filter(found -> bundle.isAt(found.location()))
                        .ifPresent(found -> ids.add(found.id()));
            }
        }
        return ids;
    }

    private static Optional<Long> id(Snapshot snapshot, BundleSpec bundle) {
        return snapshot.find(bundle.symbolicName(), bundle.version()).map(Snapshot.Installed::id);
    }
}
