// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The features of a repository, and which of them include which. */
final class FeatureTree {
    private final List<Xml> features;

    FeatureTree(List<Xml> features) {
        this.features = features;
    }

    List<Xml> features() {
        return features;
    }

    static String name(Xml feature) {
        return feature.attribute("name").orElse("");
    }

    static String id(Xml feature) {
        return name(feature)
                + feature.attribute("version").map(version -> "/" + version).orElse("");
    }

    /** Their names or ids, for people. */
    String ids() {
        return features.stream().map(FeatureTree::id).distinct().sorted().collect(Collectors.joining(", "));
    }

    /** Names that are included and defined in the same file. */
    Set<String> names() {
        return features.stream().map(FeatureTree::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same with other features in place of some. */
    FeatureTree with(Map<Xml, Xml> others) {
        return new FeatureTree(
                features.stream().map(f -> others.getOrDefault(f, f)).toList());
    }

    /** The features that no other one includes; all of them if they include each other in a circle. */
    List<Xml> roots() {
        Set<String> included = features.stream()
                .flatMap(f -> f.children("feature").stream())
                .map(d -> d.text().split("/", 2)[0])
                .collect(Collectors.toSet());
        List<Xml> roots =
                features.stream().filter(f -> !included.contains(name(f))).toList();
        return roots.isEmpty() ? features : roots;
    }

    /** The first of these that is not here. */
    Optional<String> missing(List<String> ids) {
        return ids.stream().filter(id -> named(id).isEmpty()).findFirst();
    }

    /** These features and all that they include. */
    FeatureTree below(List<String> ids) {
        Set<Xml> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(ids);
        while (!open.isEmpty()) {
            named(open.remove()).stream()
                    .filter(found::add)
                    .flatMap(feature -> feature.children("feature").stream())
                    .forEach(included -> open.add(included.text().split("/", 2)[0]));
        }
        return new FeatureTree(features.stream().filter(found::contains).toList());
    }

    private List<Xml> named(String id) {
        return features.stream()
                .filter(feature -> id.equals(name(feature)) || id.equals(id(feature)))
                .toList();
    }
}
