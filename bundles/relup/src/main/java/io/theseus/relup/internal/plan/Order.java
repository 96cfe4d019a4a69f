// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.port.Snapshot;
import io.theseus.relup.CallGraph;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who comes before whom. What an appup says ({@code depends}) counts first. Beside it an application depends on what it may call, if that
 * may not call it and no appup says the contrary.
 */
final class Order {
    private final Graph applications;
    private final Graph units;

    /**
     * @param names of the applications that come, go or change, as given
     * @param updated every component with an update
     * @param depends what the appups say
     */
    Order(Snapshot snapshot, Set<String> names, Collection<Unit> updated, Map<Unit, Set<Unit>> depends) {
        Map<String, Set<String>> calls = calls(snapshot, names);
        Graph written = new Graph(names);
        Graph parts = new Graph(updated.stream().map(Unit::toString).toList());
        updated.forEach(u -> between(u, parts));
        depends.forEach((unit, dependencies) -> dependencies.forEach(d -> {
            if (names.contains(unit.application()) && names.contains(d.application())) {
                written.edge(unit.application(), d.application());
            }
            parts.edge(unit.toString(), d.toString());
            between(unit, parts);
            between(d, parts);
        }));
        this.applications = written.with(calls);
        this.units = parts.with(throughApplications(calls));
    }

    /** Applications, dependencies before dependents, otherwise as given. */
    List<String> dependenciesFirst() {
        return applications.dependenciesFirst();
    }

    /** Components of one application, dependents before dependencies, otherwise as given. */
    List<Unit> dependentsFirst(List<Unit> components) {
        return layersDependentsFirst(components).stream().flatMap(List::stream).toList();
    }

    /** Groups of components that are independent of each other, dependents before dependencies. */
    List<List<Unit>> layersDependentsFirst(Collection<Unit> components) {
        Map<String, Unit> byName = new LinkedHashMap<>();
        components.forEach(u -> byName.put(u.toString(), u));
        return units.layersDependentsFirst(byName.keySet()).stream()
                .map(layer -> components.stream()
                        .filter(u -> layer.contains(u.toString()))
                        .toList())
                .toList();
    }

    /** A component depends on what its application calls: by way of a vertex for what goes out of it, and one for what comes in. */
    private static void between(Unit unit, Graph parts) {
        parts.edge(unit.toString(), out(unit.application()));
        parts.edge(in(unit.application()), unit.toString());
    }

    private static Map<String, Set<String>> throughApplications(Map<String, Set<String>> calls) {
        Map<String, Set<String>> through = new LinkedHashMap<>();
        calls.forEach((caller, called) -> through.put(
                out(caller), called.stream().map(Order::in).collect(Collectors.toCollection(LinkedHashSet::new))));
        return through;
    }

    private static String out(String application) {
        return application + " >";
    }

    private static String in(String application) {
        return "> " + application;
    }

    private static Map<String, Set<String>> calls(Snapshot snapshot, Set<String> names) {
        Map<String, Set<String>> callers = new LinkedHashMap<>();
        names.forEach(n -> callers.put(n, CallGraph.callers(snapshot, Set.of(n))));
        Map<String, Set<String>> calls = new LinkedHashMap<>();
        callers.forEach((called, all) -> all.stream()
                .filter(c -> !c.equals(called) && names.contains(c))
                .filter(c -> !callers.getOrDefault(c, Set.of()).contains(called))
                .forEach(c ->
                        calls.computeIfAbsent(c, any -> new LinkedHashSet<>()).add(called)));
        return calls;
    }
}
