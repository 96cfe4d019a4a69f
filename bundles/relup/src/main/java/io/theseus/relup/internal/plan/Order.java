// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.port.Snapshot;
import io.theseus.relup.CallGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pass 2: who depends on whom. An application depends on what it may call; applications that may call each other do not depend
 * on each other.
 */
final class Order {
    private final Map<String, Set<String>> callers = new HashMap<>();

    Order(Snapshot snapshot, Collection<String> names) {
        names.forEach(n -> callers.put(n, new HashSet<>(CallGraph.callers(snapshot, Set.of(n)))));
    }

    private boolean dependsOn(String a, String b) {
        return !a.equals(b)
                && callers.getOrDefault(b, Set.of()).contains(a)
                && !callers.getOrDefault(a, Set.of()).contains(b);
    }

    /** Dependencies before dependents, otherwise as given. */
    List<String> dependenciesFirst(Collection<String> names) {
        Set<String> ordered = new LinkedHashSet<>();
        names.forEach(n -> place(n, names, ordered, new LinkedHashSet<>()));
        return List.copyOf(ordered);
    }

    private void place(String name, Collection<String> names, Set<String> ordered, Set<String> above) {
        if (ordered.contains(name) || !above.add(name)) {
            return;
        }
        for (String other : names) {
            if (dependsOn(name, other)) {
                place(other, names, ordered, above);
            }
        }
        ordered.add(name);
    }

    /** Groups of names that are independent of each other, dependents before dependencies. */
    List<List<String>> layersDependentsFirst(Collection<String> names) {
        List<List<String>> layers = new ArrayList<>();
        Map<String, Integer> depth = new HashMap<>();
        for (String name : names) {
            int layer = depth(name, names, depth);
            while (layers.size() <= layer) {
                layers.add(new ArrayList<>());
            }
            layers.get(layer).add(name);
        }
        return layers;
    }

    private int depth(String name, Collection<String> names, Map<String, Integer> known) {
        Integer before = known.get(name);
        if (before != null) {
            return before;
        }
        int depth = 0;
        for (String other : names) {
            if (dependsOn(other, name)) {
                depth = Math.max(depth, depth(other, names, known) + 1);
            }
        }
        known.put(name, depth);
        return depth;
    }
}
