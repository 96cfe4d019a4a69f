// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who may call whom, as a snapshot shows it. */
public final class CallGraph {
    private CallGraph() {}

    /**
     * The applications that may call into the given ones, directly or through any other bundles, and the given ones themselves.
     * An application is quiet only when no call is left that entered through one of these.
     *
     * @param applications symbolic names
     * @return symbolic names, in alphabetical order
     */
    public static Set<String> callers(Snapshot snapshot, Set<String> applications) {
        Map<Long, Installed> bundles =
                snapshot.bundles().stream().collect(Collectors.toMap(Installed::id, Function.identity()));
        Deque<Long> open = new ArrayDeque<>();
        snapshot.bundles().stream()
                .filter(b -> applications.contains(b.symbolicName()))
                .forEach(b -> open.add(b.id()));
        Set<Long> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            for (long caller : snapshot.callers().getOrDefault(open.remove(), Set.of())) {
                if (seen.add(caller)) {
                    open.add(caller);
                }
            }
        }
        Set<String> names = new TreeSet<>(applications);
        seen.stream()
                .filter(bundles::containsKey)
                .map(bundles::get)
                .filter(Installed::application)
                .forEach(b -> names.add(b.symbolicName()));
        return names;
    }
}
