// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.port.FeatureRules;
import io.theseus.port.FeatureRules.Ruled;
import io.theseus.port.FeatureRules.RuledBundle;
import io.theseus.relup.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the features of a file what Karaf's own rules make of them, so that a release is what Karaf would install. Thread safety: for one thread. */
final class Ruling {
    static final String FILE = "etc/org.apache.karaf.features.xml";
    private static final String BARRED = " is left out: it is on Karaf's black list";

    private final Problems problems;
    /** By the place of a feature. */
    private final Map<Place, List<String>> told = new HashMap<>();

    private final List<String> gone = new ArrayList<>();
    private final Set<Place> replaced = new HashSet<>();
    private final Map<String, String> originals = new TreeMap<>();

    Ruling(Problems problems) {
        this.problems = problems;
    }

    /** For where a bundle comes from by a rule that holds for an older bundle of the same name only: the location in the file. */
    Map<String, String> originals() {
        return originals;
    }

    /** What was done to these features, for people. Those that a release can not have are problems. */
    List<String> told(FeatureTree features) {
        features.features().stream()
                .filter(feature -> replaced.contains(feature.place()))
                .forEach(feature -> problems.add(
                        feature.place(),
                        "Karaf has another feature in place of " + FeatureTree.id(feature) + ", by a rule in " + FILE,
                        "remove that rule, or write a release in YAML with the bundles you want"));
        return features.features().stream()
                .flatMap(feature -> told.getOrDefault(feature.place(), List.of()).stream())
                .toList();
    }

    /** Features of the file that are none any more, for people. */
    List<String> gone() {
        return gone;
    }

    FeatureTree apply(Xml root, FeatureTree tree, FeatureRules rules) {
        if (rules.barred()) {
            throw problems.fatal(root.place(), "the repository is on Karaf's black list", "remove it from " + FILE);
        }
        if (rules.features().size() != tree.features().size()) {
            throw otherwise(root);
        }
        List<Xml> features = new ArrayList<>();
        Iterator<Ruled> each = rules.features().iterator();
        for (Xml feature : tree.features()) {
            Ruled rule = each.next();
            if (rule.barred()) {
                gone.add("the feature " + FeatureTree.id(feature) + BARRED);
            } else if (rule.replaced()) {
                replaced.add(feature.place());
                features.add(feature);
            } else {
                features.add(ruled(feature, feature, rule));
            }
        }
        if (features.isEmpty()) {
            throw problems.fatal(root.place(), "all its features are on Karaf's black list", "remove one from " + FILE);
        }
        return new FeatureTree(features);
    }

    /** What they make of a feature, or of what it has on a condition. */
    private Xml ruled(Xml feature, Xml part, Ruled rule) {
        Iterator<RuledBundle> bundles = rule.bundles().iterator();
        Iterator<Boolean> included = rule.included().iterator();
        Iterator<Ruled> conditional = rule.conditional().iterator();
        Set<String> there = new HashSet<>();
        List<Xml> children = new ArrayList<>();
        for (Xml child : part.children()) {
            switch (child.name()) {
                case "bundle" ->
                    bundle(feature, child, next(bundles, part), there).ifPresent(children::add);
                case "feature" -> {
                    if (next(included, part)) {
                        tell(feature, "the feature " + child.text() + of(feature) + BARRED);
                    } else {
                        children.add(child);
                    }
                }
                case "conditional" -> {
                    Ruled ruled = next(conditional, part);
                    if (ruled.barred()) {
                        tell(feature, "what is on a condition at " + child.place() + of(feature) + BARRED);
                    } else {
                        children.add(ruled(feature, child, ruled));
                    }
                }
                default -> children.add(child);
            }
        }
        if (included.hasNext() || conditional.hasNext()) {
            throw otherwise(part);
        }
        bundles.forEachRemaining(added -> {
            Xml bundle = new Xml(part.place(), "bundle", attributes(added), added.written(), List.of());
            tell(feature, added.location() + " is added to " + FeatureTree.id(feature));
            bundle(feature, bundle, added, there).ifPresent(children::add);
        });
        return new Xml(part.place(), part.name(), part.attributes(), part.content(), children);
    }

    private Optional<Xml> bundle(Xml feature, Xml bundle, RuledBundle rule, Set<String> there) {
        if (!rule.written().equals(bundle.text())) {
            throw otherwise(bundle);
        }
        if (rule.barred()) {
            tell(feature, rule.written() + of(feature) + BARRED);
            return Optional.empty();
        }
        if (!rule.location().equals(rule.written())) {
            tell(feature, rule.location() + " comes in place of " + rule.written() + of(feature));
            if (rule.older()) {
                originals.put(rule.location(), rule.written());
            }
            if (!there.add(rule.location())) {
                return Optional.empty();
            }
        }
        return Optional.of(new Xml(
                bundle.place(), bundle.name(), attributes(feature, bundle, rule), rule.location(), bundle.children()));
    }

    private List<Xml.Attribute> attributes(Xml feature, Xml bundle, RuledBundle rule) {
        boolean dependency = bundle.attribute("dependency")
                .filter(text -> text.matches("true|1"))
                .isPresent();
        if (dependency == rule.dependency()) {
            return bundle.attributes();
        }
        Xml.Attribute other = new Xml.Attribute("dependency", String.valueOf(rule.dependency()));
        tell(feature, rule.location() + of(feature) + " has dependency=\"" + other.value() + "\" by a rule of Karaf's");
        return Stream.concat(
                        bundle.attributes().stream().filter(each -> !each.name().equals(other.name())),
                        Stream.of(other))
                .toList();
    }

    private static List<Xml.Attribute> attributes(RuledBundle added) {
        return List.of(
                new Xml.Attribute("start", String.valueOf(added.start())),
                new Xml.Attribute("start-level", String.valueOf(added.startLevel())),
                new Xml.Attribute("dependency", String.valueOf(added.dependency())));
    }

    private <T> T next(Iterator<T> rules, Xml part) {
        if (!rules.hasNext()) {
            throw otherwise(part);
        }
        return rules.next();
    }

    private void tell(Xml feature, String what) {
        told.computeIfAbsent(feature.place(), any -> new ArrayList<>()).add(what);
    }

    private static String of(Xml feature) {
        return " of " + FeatureTree.id(feature);
    }

    private RuntimeException otherwise(Xml element) {
        return problems.fatal(
                element.place(),
                "Karaf reads this otherwise than it is written here",
                "unpack it again if it has just been changed");
    }
}
