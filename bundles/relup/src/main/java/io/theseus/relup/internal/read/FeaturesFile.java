// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.port.FeatureRules;
import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.RefusedException;
import io.theseus.release.StartType;
import io.theseus.relup.ContainerFeatures;
import io.theseus.relup.ReleaseDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/** The XML form of a release file: a Karaf feature repository of any 1.x namespace. */
final class FeaturesFile {
    private static final List<String> SKIPPED =
            List.of("details", "description", "requirement", "capability", "library", "conditional");
    private static final List<String> KNOWN = List.of("bundle", "feature", "config", "configfile", "conditional");

    private final String file;
    private final Locations locations;
    private final Problems problems;
    private final Map<String, ReleaseDraft.Entry> bundles = new LinkedHashMap<>();
    private final Set<String> requires = new LinkedHashSet<>();
    private final FeatureConfigurations configurations;
    private final FeatureFiles files;
    /** Whether Karaf would have other bundles by it: it resolves no location against the repository. */
    private boolean unlike;
    /** Why the container says nothing of its rules. */
    private Optional<RefusedException> silent = Optional.empty();

    FeaturesFile(String file, Locations locations, Problems problems) {
        this.file = file;
        this.locations = locations;
        this.problems = problems;
        this.configurations = new FeatureConfigurations(problems);
        this.files = new FeatureFiles(locations, problems);
    }

    /** @param chosen none: all features */
    ReleaseDraft read(byte[] content, List<String> chosen, ContainerFeatures container) {
        Xml root = Xml.read(file, content, problems);
        if (!root.name().equals("features")) {
            throw problems.fatal(
                    root.place(), "<" + root.name() + "> is no feature repository", "its root element is <features>");
        }
        FeatureTree all = new FeatureTree(root.children("feature"));
        if (all.features().isEmpty()) {
            throw problems.fatal(root.place(), "the repository has no feature", "");
        }
        all.missing(chosen).ifPresent(id -> {
            throw problems.fatal(root.place(), "the repository has no feature " + id, "it has " + all.ids());
        });
        root.children().stream()
                .filter(c ->
                        !List.of("feature", "repository", "resource-repository").contains(c.name()))
                .forEach(c -> unknown(c, List.of("feature", "repository")));
        Ruling ruling = new Ruling(problems);
        FeatureTree ruled = ruled(root, all, ruling, container);
        ruled.missing(chosen).ifPresent(id -> {
            throw problems.fatal(
                    root.place(),
                    "the feature " + id + " is on Karaf's black list",
                    "do not name it, or remove it from " + Ruling.FILE);
        });
        Conditions conditions = new Conditions(container, problems);
        FeatureTree features = conditions.decide(ruled, chosen);
        List<String> told = new ArrayList<>(ruling.told(features));
        if (chosen.isEmpty()) {
            told.addAll(ruling.gone());
        }
        Set<String> defined = ruled.names();
        features.features().forEach(f -> contents(f, defined));
        List<Xml> roots = features.roots();
        Xml first = roots.get(0);
        Optional<Version> version = version(roots);
        String name = releaseName(root, first, chosen.size() == 1);
        if (bundles.isEmpty() && problems.isEmpty()) {
            problems.add(first.place(), "the release has no bundles", "add <bundle> elements");
        }
        problems.refuse();
        silent.ifPresent(e -> {
            throw new RefusedException(e.problems());
        });
        return new ReleaseDraft(
                name,
                version.orElseThrow(),
                List.copyOf(bundles.values()),
                Map.of(),
                Optional.empty(),
                features(root, roots, version.orElseThrow()),
                files.files(),
                ruling.originals(),
                told,
                conditions.decided());
    }

    private FeatureTree ruled(Xml root, FeatureTree all, Ruling ruling, ContainerFeatures container) {
        Optional<FeatureRules> rules;
        try {
            rules = container.rules();
        } catch (RefusedException e) {
            // What is wrong with the file may be why, and is said with its place.
            silent = Optional.of(e);
            return all;
        }
        return rules.map(each -> ruling.apply(root, all, each)).orElse(all);
    }

    private Features features(Xml root, List<Xml> roots, Version version) {
        // A file may go, and Karaf reads the repositories it requires again and again.
        return new Features(
                unlike || file.startsWith("file:") ? "" : file,
                roots.stream().map(f -> FeatureTree.name(f) + "/" + version).toList(),
                List.copyOf(requires),
                root.children("repository").stream().map(Xml::text).toList(),
                configurations.texts(),
                Map.of());
    }

    private Optional<Version> version(List<Xml> roots) {
        Map<String, Xml> byVersion = new LinkedHashMap<>();
        roots.forEach(f -> byVersion.putIfAbsent(f.attribute("version").orElse(""), f));
        if (byVersion.size() > 1) {
            List<Xml> two = new ArrayList<>(byVersion.values());
            problems.add(
                    two.get(1).place(),
                    "the features have different versions, so the release has none: "
                            + roots.stream()
                                    .map(f -> FeatureTree.name(f) + " "
                                            + f.attribute("version").orElse("without one"))
                                    .collect(Collectors.joining(", ")),
                    "give them one version, or let one feature include the others");
            return Optional.empty();
        }
        Xml root = roots.get(0);
        String text = root.attribute("version").orElse("");
        Optional<Version> version = VersionText.cleaned(text);
        if (version.isEmpty()) {
            problems.add(
                    root.place(),
                    text.isEmpty()
                            ? "feature '" + FeatureTree.name(root) + "' has no version, so the release has none"
                            : "'" + text + "' is no version",
                    "write version=\"1.2.0\"");
        }
        return version;
    }

    private String releaseName(Xml root, Xml feature, boolean one) {
        String suffix = "-" + feature.attribute("version").orElse("");
        String name =
                one ? FeatureTree.name(feature) : root.attribute("name").orElseGet(() -> FeatureTree.name(feature));
        String stripped = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
        if (!stripped.matches("[A-Za-z0-9._-]+")) {
            problems.add(
                    root.place(),
                    "'" + stripped + "' is no name of a release",
                    "give <features> a name of A-Z a-z 0-9 . _ -");
        }
        return stripped;
    }

    private void contents(Xml feature, Set<String> defined) {
        if (FeatureTree.name(feature).isEmpty()) {
            problems.add(feature.place(), "a feature without a name", "write name=\"shop\"");
        }
        int startLevel = startLevel(feature, 80);
        Set<String> ofThisFeature = new LinkedHashSet<>();
        for (Xml child : feature.children()) {
            if (child.name().equals("bundle")) {
                bundle(child, startLevel, ofThisFeature);
            } else if (child.name().equals("feature")) {
                included(child, defined);
            } else if (child.name().equals("config")) {
                configurations.add(child);
            } else if (child.name().equals("scoping")) {
                problems.add(
                        child.place(),
                        "<scoping> gives the feature a region of its own, which a release has not",
                        "remove it: the bundles of a release see each other");
            } else if (child.name().equals("configfile")) {
                unlike |= files.add(child);
            } else if (!SKIPPED.contains(child.name())) {
                unknown(child, KNOWN);
            }
        }
    }

    /** Two features of a file may both list a bundle they share; one feature may not list it twice. */
    private void bundle(Xml bundle, int featureStartLevel, Set<String> ofThisFeature) {
        Optional<BundleSpec.Role> role =
                flag(bundle, "dependency", false) ? Optional.of(BundleSpec.Role.LIBRARY) : Optional.empty();
        StartType type = flag(bundle, "start", true) ? StartType.REQUIRED : StartType.LOADED;
        int startLevel = startLevel(bundle, featureStartLevel);
        locations.resolve(bundle.text(), bundle.place()).ifPresent(l -> {
            // Karaf makes what it wraps anew at each operation, and takes it for changed.
            unlike |= !l.equals(bundle.text()) || l.startsWith("wrap:");
            ReleaseDraft.Entry entry = new ReleaseDraft.Entry(
                    l, Optional.empty(), startLevel, role, type, bundle.place().toString());
            ReleaseDraft.Entry first = bundles.putIfAbsent(l, entry);
            boolean same = first == null
                    || (first.startLevel() == startLevel && first.role().equals(role) && first.type() == type);
            if (!ofThisFeature.add(l) || !same) {
                locations.duplicate(l, bundle.place(), first == null ? "" : first.where());
            }
        });
    }

    private boolean flag(Xml element, String name, boolean otherwise) {
        Optional<String> text = element.attribute(name);
        text.filter(t -> !t.matches("true|false|1|0"))
                .ifPresent(t -> problems.add(
                        element.place(),
                        name + " '" + t + "' is neither true nor false",
                        "leave it out for " + otherwise));
        return text.map(t -> t.equals("true") || t.equals("1")).orElse(otherwise);
    }

    private int startLevel(Xml element, int otherwise) {
        String text = element.attribute("start-level").orElse("0");
        if (text.matches("[0-9]{1,5}")) {
            int level = Integer.parseInt(text);
            return level == 0 ? otherwise : level;
        }
        problems.add(element.place(), "start-level '" + text + "' is no number", "write a number from 1");
        return otherwise;
    }

    private void included(Xml dependency, Set<String> defined) {
        String[] parts = dependency.text().split("/", 2);
        if (parts[0].isEmpty()) {
            problems.add(dependency.place(), "a feature without a name is included", "write <feature>scr</feature>");
        } else if (!defined.contains(parts[0])) {
            String version = dependency.attribute("version").orElse(parts.length > 1 ? parts[1] : "0.0.0");
            requires.add(version.isEmpty() || version.equals("0.0.0") ? parts[0] : parts[0] + "/" + version);
        }
    }

    private void unknown(Xml element, List<String> known) {
        problems.add(
                element.place(), "<" + element.name() + "> is not known here", Spelling.hint(element.name(), known));
    }
}
