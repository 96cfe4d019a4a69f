// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import io.theseus.release.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Dependency;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;

/**
 * Lets Karaf require, in place of features that somebody has installed, copies of them with other bundles. A feature that includes such a
 * one is copied too, so that it means the copy.
 *
 * <p>Thread safety: used by one thread.
 */
final class Revising {
    /** Karaf takes versions that OSGi does not. */
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?");

    private final FeaturesService service;
    private final Requiring requiring;
    private final Path folder;

    /** @param folder for the repositories with the copies; it goes when Karaf loses what it knows */
    Revising(FeaturesService service, Requiring requiring, Path folder) {
        this.service = service;
        this.requiring = requiring;
        this.folder = folder;
    }

    boolean revise(Map<String, Optional<String>> instead, String qualifier) throws Exception {
        Map<String, Feature> affected = affected(instead.keySet());
        Set<String> required = requiring.names();
        List<String> roots = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        Map<String, String> versions = new HashMap<>();
        for (Feature feature : affected.values()) {
            String version = version(feature.getVersion(), qualifier);
            versions.put(feature.getName(), version);
            texts.add(service.getFeatureXml(feature));
            if (required.contains(feature.getName())) {
                roots.add(feature.getName() + "/" + version);
            }
        }
        if (roots.isEmpty()) {
            return false;
        }
        Path file = write(RevisedFeatures.print(texts, instead, versions));
        boolean done = requiring.require(new Features(file.toUri().toString(), roots), Set.of());
        forgotten();
        return done;
    }

    /** Installed features with such a bundle, or one that includes them, by name. */
    private Map<String, Feature> affected(Set<String> locations) throws Exception {
        Map<String, Feature> affected = new HashMap<>();
        Feature[] installed = service.listInstalledFeatures();
        for (Feature feature : installed) {
            if (bundles(feature).map(BundleInfo::getLocation).anyMatch(locations::contains)) {
                affected.put(feature.getName(), feature);
            }
        }
        boolean more = !affected.isEmpty();
        while (more) {
            more = false;
            for (Feature feature : installed) {
                if (feature.getDependencies().stream().map(Dependency::getName).anyMatch(affected::containsKey)) {
                    more |= affected.putIfAbsent(feature.getName(), feature) == null;
                }
            }
        }
        return affected;
    }

    private static Stream<BundleInfo> bundles(Feature feature) {
        return Stream.concat(
                feature.getBundles().stream(), feature.getConditional().stream().flatMap(c -> c.getBundles().stream()));
    }

    /** Copies of copies have the qualifier of the last. */
    private static String version(String version, String qualifier) {
        Matcher numbers = NUMBERS.matcher(version);
        StringBuilder result = new StringBuilder();
        for (int i = 1; i <= 3; i++) {
            boolean there = numbers.lookingAt() && numbers.group(i) != null;
            result.append(there ? numbers.group(i) : "0").append('.');
        }
        return result + qualifier;
    }

    private Path write(String text) throws IOException {
        for (int i = 1; ; i++) {
            Path file = folder.resolve("revised-" + i).resolve(Features.WRITTEN);
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                return Files.writeString(file, text);
            }
        }
    }

    /** Deletes what Karaf does not know any more. */
    private void forgotten() throws Exception {
        List<String> known = Stream.of(service.listRequiredRepositories())
                .map(repository -> repository.getURI().toString())
                .toList();
        try (Stream<Path> folders = Files.list(folder)) {
            for (Path each : folders.filter(
                            each -> each.getFileName().toString().startsWith("revised-"))
                    .toList()) {
                Path file = each.resolve(Features.WRITTEN);
                if (!known.contains(file.toUri().toString())) {
                    Files.deleteIfExists(file);
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
