// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Passes 6 and 7 of OTP's translation, the part about graphs: an edge goes from what depends to what it depends on. When the first member of
 * a weakly connected component is met the whole component follows, in topological order; members of a cycle stay as given.
 */
final class Graph {
    private final List<String> vertices = new ArrayList<>();
    private final Map<String, Integer> index = new HashMap<>();
    private final List<Set<Integer>> edges = new ArrayList<>();
    /** Null until it is asked for, and again after a change. */
    private @Nullable Condensed condensed;

    /** What a graph is when each cycle counts as one vertex: asked for once for every application, and there may be half a million edges. */
    private static final class Condensed {
        /** Dependencies first. */
        final List<List<String>> components;
        /** Of each vertex, by number: the component. */
        final int[] component;
        /** Of each component, by number. */
        final int[][] dependencies;

        Condensed(List<List<String>> components, int[] component, int[][] dependencies) {
            this.components = components;
            this.component = component;
            this.dependencies = dependencies;
        }
    }

    Graph(Collection<String> vertices) {
        vertices.forEach(this::vertex);
    }

    void vertex(String name) {
        if (index.putIfAbsent(name, vertices.size()) == null) {
            vertices.add(name);
            edges.add(new TreeSet<>());
            condensed = null;
        }
    }

    void edge(String dependent, String dependency) {
        vertex(dependent);
        vertex(dependency);
        if (!dependent.equals(dependency)) {
            edges.get(number(dependent)).add(number(dependency));
            condensed = null;
        }
    }

    private int number(String name) {
        return index.getOrDefault(name, -1);
    }

    /** The same graph and more edges: those of {@code weaker} that contradict none of this one. */
    Graph with(Map<String, ? extends Collection<String>> weaker) {
        Graph all = copy();
        weaker.forEach((from, to) -> to.forEach(t -> all.edge(from, t)));
        Graph result = copy();
        all.vertices.forEach(result::vertex);
        Map<String, String> leader = new HashMap<>();
        all.condensed().components.forEach(c -> c.forEach(v -> leader.put(v, c.get(0))));
        weaker.forEach((from, to) -> to.stream()
                .filter(t -> !leader.getOrDefault(from, from).equals(leader.getOrDefault(t, t)))
                .forEach(t -> result.edge(from, t)));
        return result;
    }

    private Graph copy() {
        Graph copy = new Graph(vertices);
        for (int i = 0; i < edges.size(); i++) {
            copy.edges.get(i).addAll(edges.get(i));
        }
        return copy;
    }

    /** All vertices, dependencies before dependents, otherwise as given. */
    List<String> dependenciesFirst() {
        return condensed().components.stream().flatMap(List::stream).toList();
    }

    /** The selected vertices in groups that are independent of each other or a cycle, dependents before dependencies. */
    List<List<String>> layersDependentsFirst(Set<String> selected) {
        Condensed all = condensed();
        Map<Integer, List<String>> chosen = new TreeMap<>(Comparator.reverseOrder());
        selected.stream()
                .filter(index::containsKey)
                .forEach(v -> chosen.computeIfAbsent(all.component[number(v)], c -> new ArrayList<>())
                        .add(v));
        if (chosen.isEmpty()) {
            return List.of();
        }
        // Dependents have higher numbers than dependencies, so a way between two that are selected leaves their range
        // nowhere.
        int first = Collections.max(chosen.keySet());
        int last = Collections.min(chosen.keySet());
        int[] depth = new int[first - last + 1];
        Map<Integer, Set<String>> layers = new LinkedHashMap<>();
        for (int i = first; i >= last; i--) {
            List<String> here = chosen.getOrDefault(i, List.of());
            if (!here.isEmpty()) {
                layers.computeIfAbsent(depth[i - last], d -> new HashSet<>()).addAll(here);
            }
            int next = depth[i - last] + (here.isEmpty() ? 0 : 1);
            for (int dependency : all.dependencies[i]) {
                if (dependency >= last) {
                    depth[dependency - last] = Math.max(depth[dependency - last], next);
                }
            }
        }
        return layers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getValue().stream()
                        .sorted(Comparator.comparing(this::number))
                        .toList())
                .toList();
    }

    private Condensed condensed() {
        Condensed known = condensed;
        if (known == null) {
            known = condense();
            condensed = known;
        }
        return known;
    }

    private Condensed condense() {
        List<List<String>> components = strong();
        int[] component = new int[vertices.size()];
        for (int i = 0; i < components.size(); i++) {
            for (String vertex : components.get(i)) {
                component[number(vertex)] = i;
            }
        }
        int[][] dependencies = new int[components.size()][];
        for (int i = 0; i < dependencies.length; i++) {
            int self = i;
            dependencies[i] = components.get(i).stream()
                    .flatMapToInt(vertex -> edges.get(number(vertex)).stream().mapToInt(to -> component[to]))
                    .filter(other -> other != self)
                    .distinct()
                    .toArray();
        }
        return new Condensed(components, component, dependencies);
    }

    /** Strong components, dependencies first, weakly connected ones together; each in the order given. */
    private List<List<String>> strong() {
        List<List<String>> components = new ArrayList<>();
        Tarjan tarjan = new Tarjan(components);
        for (List<Integer> part : parts()) {
            part.forEach(tarjan::visit);
        }
        return components;
    }

    /** Weakly connected components, each as given, in the order of their first members. */
    private List<List<Integer>> parts() {
        List<Set<Integer>> both = new ArrayList<>();
        edges.forEach(e -> both.add(new HashSet<>(e)));
        for (int i = 0; i < edges.size(); i++) {
            for (int j : edges.get(i)) {
                both.get(j).add(i);
            }
        }
        List<List<Integer>> parts = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int first = 0; first < vertices.size(); first++) {
            if (seen.add(first)) {
                List<Integer> part = new ArrayList<>();
                Deque<Integer> open = new ArrayDeque<>(List.of(first));
                while (!open.isEmpty()) {
                    int next = open.remove();
                    part.add(next);
                    both.get(next).stream().filter(seen::add).forEach(open::add);
                }
                part.sort(Comparator.naturalOrder());
                parts.add(part);
            }
        }
        return parts;
    }

    /** Finds strong components, each after all those it depends on. */
    private final class Tarjan {
        private final List<List<String>> found;
        private final Map<Integer, Integer> number = new HashMap<>();
        private final Deque<Integer> stack = new ArrayDeque<>();
        private final Set<Integer> onStack = new HashSet<>();

        Tarjan(List<List<String>> found) {
            this.found = found;
        }

        void visit(int vertex) {
            if (!number.containsKey(vertex)) {
                low(vertex);
            }
        }

        private int low(int vertex) {
            int mine = number.size();
            int low = mine;
            number.put(vertex, mine);
            stack.push(vertex);
            onStack.add(vertex);
            for (int next : edges.get(vertex)) {
                Integer known = number.get(next);
                if (known == null) {
                    low = Math.min(low, low(next));
                } else if (onStack.contains(next)) {
                    low = Math.min(low, known);
                }
            }
            if (low == mine) {
                take(vertex);
            }
            return low;
        }

        private void take(int root) {
            List<Integer> component = new ArrayList<>();
            int member;
            do {
                member = stack.pop();
                onStack.remove(member);
                component.add(member);
            } while (member != root);
            component.sort(Comparator.naturalOrder());
            found.add(component.stream().map(vertices::get).toList());
        }
    }
}
