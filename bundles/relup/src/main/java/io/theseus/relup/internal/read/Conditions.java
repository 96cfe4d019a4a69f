// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.ContainerFeatures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * What features have on the condition that others are there. What holds becomes part of the feature, and may make more of it hold.
 * Thread safety: for one thread.
 */
final class Conditions {
    private final ContainerFeatures container;
    private final Problems problems;
    private final List<String> decided = new ArrayList<>();

    Conditions(ContainerFeatures container, Problems problems) {
        this.container = container;
        this.problems = problems;
    }

    /** What was decided, for people. */
    List<String> decided() {
        return decided;
    }

    /** @return the chosen features, or all, and what they include, without conditions */
    FeatureTree decide(FeatureTree all, List<String> chosen) {
        FeatureTree tree = all;
        while (true) {
            FeatureTree release = chosen.isEmpty() ? tree : tree.below(chosen);
            if (release.features().stream()
                    .allMatch(f -> f.children("conditional").isEmpty())) {
                return release;
            }
            Set<String> there = there(release);
            Map<Xml, Xml> grown = new LinkedHashMap<>();
            release.features().forEach(f -> grown(f, there).ifPresent(g -> grown.put(f, g)));
            if (grown.isEmpty()) {
                release.features().forEach(this::leave);
                return release;
            }
            tree = tree.with(grown);
        }
    }

    private Set<String> there(FeatureTree release) {
        Set<String> there = new LinkedHashSet<>(container.installed());
        for (Xml feature : release.features()) {
            there.add(FeatureTree.id(feature));
            feature.children("feature")
                    .forEach(included -> there.add(included.text()
                            + included.attribute("version").map(v -> "/" + v).orElse("")));
        }
        return there;
    }

    private Optional<Xml> grown(Xml feature, Set<String> there) {
        List<Xml> held = feature.children("conditional").stream()
                .filter(conditional -> holds(conditional, there))
                .toList();
        if (held.isEmpty()) {
            return Optional.empty();
        }
        held.forEach(conditional -> decided.add(told(feature, conditional, "is in the release")));
        List<Xml> children = feature.children().stream()
                .flatMap(child -> held.contains(child)
                        ? child.children().stream().filter(part -> !part.name().equals("condition"))
                        : Stream.of(child))
                .toList();
        return Optional.of(new Xml(feature.place(), feature.name(), feature.attributes(), feature.content(), children));
    }

    private void leave(Xml feature) {
        for (Xml conditional : feature.children("conditional")) {
            List<Xml> conditions = conditional.children("condition");
            if (conditions.isEmpty()) {
                problems.add(
                        conditional.place(), "a <conditional> without a <condition>", "say which feature it needs");
            }
            conditions.stream()
                    .filter(condition -> condition.text().startsWith("req:"))
                    .forEach(condition -> problems.add(
                            condition.place(),
                            "'" + condition.text() + "' is a condition that only Karaf's resolver can decide",
                            "name a feature instead, or write a release in YAML with the bundles you want"));
            decided.add(told(feature, conditional, "is not in the release"));
        }
    }

    private static String told(Xml feature, Xml conditional, String what) {
        String conditions =
                conditional.children("condition").stream().map(Xml::text).collect(Collectors.joining(", "));
        return "what " + FeatureTree.id(feature) + " has on the condition " + conditions + " " + what;
    }

    private static boolean holds(Xml conditional, Set<String> there) {
        List<Xml> conditions = conditional.children("condition");
        return !conditions.isEmpty()
                && conditions.stream().allMatch(c -> there.stream().anyMatch(id -> satisfies(id, c.text())));
    }

    /** As Karaf does: a version is that version, and only a range is a range. */
    private static boolean satisfies(String id, String condition) {
        String[] there = id.split("/", 2);
        String[] wanted = condition.split("/", 2);
        if (!there[0].equals(wanted[0])) {
            return false;
        }
        if (wanted.length == 1 || there.length == 1 || wanted[1].equals("0.0.0") || wanted[1].equals(there[1])) {
            return true;
        }
        Optional<Version> version = VersionText.cleaned(there[1]);
        return version.isPresent()
                && (wanted[1].matches("[\\[(].*")
                        ? range(wanted[1])
                                .filter(r -> r.includes(version.get()))
                                .isPresent()
                        : VersionText.cleaned(wanted[1]).equals(version));
    }

    private static Optional<VersionRange> range(String text) {
        try {
            return Optional.of(new VersionRange(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
