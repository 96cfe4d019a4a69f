// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Passes 6 and 7 of OTP's translation, the part about graphs: an edge goes from what depends to what it depends on. When the first member of
 * a weakly connected component is met the whole component follows, in topological order; members of a cycle stay as given.
 */
final class Graph {
    private final List<String> vertices = new ArrayList<>();
    private final Map<String, Integer> index = new HashMap<>();
    private final List<Set<Integer>> edges = new ArrayList<>();

    Graph(Collection<String> vertices) {
        vertices.forEach(this::vertex);
    }

    void vertex(String name) {
        if (index.putIfAbsent(name, vertices.size()) == null) {
            vertices.add(name);
            edges.add(new TreeSet<>());
        }
    }

    void edge(String dependent, String dependency) {
        vertex(dependent);
        vertex(dependency);
        if (!dependent.equals(dependency)) {
            edges.get(number(dependent)).add(number(dependency));
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
        all.strong().forEach(c -> c.forEach(v -> leader.put(v, c.get(0))));
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
        return strong().stream().flatMap(List::stream).toList();
    }

    /** The selected vertices in groups that are independent of each other or a cycle, dependents before dependencies. */
    List<List<String>> layersDependentsFirst(Set<String> selected) {
        List<List<String>> strong = strong();
        Map<Integer, Integer> component = new HashMap<>();
        for (int i = 0; i < strong.size(); i++) {
            for (String vertex : strong.get(i)) {
                component.put(number(vertex), i);
            }
        }
        int[] depth = new int[strong.size()];
        Map<Integer, Set<String>> layers = new LinkedHashMap<>();
        for (int i = strong.size() - 1; i >= 0; i--) {
            List<String> chosen =
                    strong.get(i).stream().filter(selected::contains).toList();
            if (!chosen.isEmpty()) {
                layers.computeIfAbsent(depth[i], d -> new HashSet<>()).addAll(chosen);
            }
            for (String vertex : strong.get(i)) {
                for (int dependency : edges.get(number(vertex))) {
                    int other = component.getOrDefault(dependency, i);
                    if (other != i) {
                        depth[other] = Math.max(depth[other], depth[i] + (chosen.isEmpty() ? 0 : 1));
                    }
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
