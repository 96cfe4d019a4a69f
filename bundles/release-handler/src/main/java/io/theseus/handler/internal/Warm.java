// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Kept;
import io.theseus.handler.internal.eval.Part;
import io.theseus.handler.internal.store.Releases;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.Release;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is warm, when only release handling was started again and not the JVM: then two generations are alive still. Stateless. */
final class Warm {
    private Warm() {}

    /** Which components sleep is no longer known, so every stateful one of the old release counts as handed over. */
    static Optional<Kept> kept(Ports ports, Optional<Releases> stored) {
        Optional<ReleaseInfo> current = stored.map(Releases::current).filter(i -> i.status() == ReleaseStatus.CURRENT);
        if (current.isEmpty()) {
            return Optional.empty();
        }
        Map<Long, Long> pairs = new HashMap<>();
        ports.switchboard()
                .applications()
                .values()
                .forEach(line -> line.other().ifPresent(old -> pairs.put(old, line.bundle())));
        Release from = stored.orElseThrow().permanent().release();
        Release to = current.get().release();
        if (pairs.isEmpty()) {
            return Cold.runs(ports, from, to) ? Optional.of(Cold.kept(ports, from, to)) : Optional.empty();
        }
        Set<Part> stateful = new HashSet<>();
        Snapshot snapshot = ports.code().snapshot();
        for (Installed bundle : snapshot.bundles()) {
            if (pairs.containsKey(bundle.id())) {
                ports.components()
                        .stateful(bundle.id())
                        .forEach(name -> stateful.add(new Part(bundle.symbolicName(), name)));
            }
        }
        Set<Long> retired = new HashSet<>(Cold.ids(snapshot, from, to));
        Set<Long> installed = new HashSet<>(Cold.ids(snapshot, to, from));
        to.bundles().stream().filter(bundle -> Boot.contains(from, bundle)).forEach(bundle -> {
            List<Long> twins = snapshot.all(bundle.symbolicName(), bundle.version())
                    .map(Installed::id)
                    .toList();
            if (twins.size() > 1) {
                retired.add(twins.get(0));
                installed.add(twins.get(twins.size() - 1));
            }
        });
        return Optional.of(
                new Kept(from, to, pairs, retired, installed, stateful, stateful, Set.of(), false, Set.of()));
    }
}
