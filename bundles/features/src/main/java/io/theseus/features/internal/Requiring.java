// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.theseus.release.Features;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;
import org.apache.karaf.features.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves what Karaf requires from one release to another. Blocks as long as Karaf does. Thread safety: used by one thread. */
final class Requiring {
    private static final String REGION = FeaturesService.ROOT_REGION;
    private static final Logger LOG = LoggerFactory.getLogger(Requiring.class);
    private final FeaturesService service;
    private final StandIns standIns;

    /** @param folder for a repository of our own that Karaf needs for a moment */
    Requiring(FeaturesService service, Path folder) {
        this.service = service;
        this.standIns = new StandIns(folder);
    }

    boolean require(Features wanted, Set<String> former) throws Exception {
        Set<Requirement> exact = wanted.roots().stream().map(Requirement::of).collect(toCollection(LinkedHashSet::new));
        boolean held = held(exact);
        if (!held || ours(wanted.repository())) {
            know(wanted);
        }
        if (!held) {
            // Upgrade drops the other versions in the same operation: in two, Karaf would want both, or none, in
            // between.
            service.installFeatures(
                    patterns(inPlaceOf(exact, former)),
                    REGION,
                    EnumSet.of(Option.Upgrade, Option.NoAutoRefreshBundles));
            if (!held(exact)) {
                throw new RefusedException(Problem.of(
                                "karaf-features",
                                wanted.repository(),
                                "Karaf does not require " + String.join(", ", wanted.roots())
                                        + " though it was asked to")
                        .withHint("see whether etc/org.apache.karaf.features.xml has them on its black list"));
            }
        }
        Set<Requirement> gone = gone(exact, former);
        if (!gone.isEmpty()) {
            service.uninstallFeatures(patterns(gone), REGION, EnumSet.of(Option.NoAutoRefreshBundles));
        }
        forget(wanted);
        return !held || !gone.isEmpty();
    }

    /** The features, and for those that go with the release before others of their names. */
    private Set<Requirement> inPlaceOf(Set<Requirement> exact, Set<String> former) throws Exception {
        Set<String> names = names(exact);
        Set<Requirement> empty = StandIns.of(gone(exact, former).stream()
                .filter(each -> !names.contains(each.name()))
                .toList());
        if (empty.isEmpty()) {
            return exact;
        }
        URI repository = standIns.write(empty);
        service.addRepository(repository);
        Set<Requirement> all = new LinkedHashSet<>(exact);
        all.addAll(empty);
        return all;
    }

    private static boolean ours(String url) {
        return url.startsWith("file:") && url.endsWith("/" + Features.WRITTEN);
    }

    /** Of the repositories that we wrote, Karaf knows those it requires: it reads what it knows again and again, and a file may go. */
    private void forget(Features wanted) throws Exception {
        for (Repository known : service.listRequiredRepositories()) {
            String url = known.getURI().toString();
            if (ours(url) && !url.equals(wanted.repository()) && !required(known, wanted)) {
                try {
                    service.removeRepository(known.getURI(), false);
                } catch (Exception e) {
                    // It harms when the file has gone. The next release tries again.
                    LOG.warn("Karaf goes on knowing the feature repository {}: {}", url, e.getMessage());
                }
            }
        }
    }

    /** Whether it has features that are required, and are not wanted from elsewhere. */
    private boolean required(Repository repository, Features wanted) throws Exception {
        Set<Requirement> required = required().collect(toSet());
        return Stream.of(repository.getFeatures())
                .map(Feature::getId)
                .filter(id -> !wanted.roots().contains(id))
                .map(Requirement::of)
                .anyMatch(required::contains);
    }

    /** Names of all features that are required. */
    Set<String> names() {
        return names(required().collect(toSet()));
    }

    /** Whether they are required, and of their names nothing else. */
    private boolean held(Set<Requirement> exact) {
        Set<String> names = names(exact);
        return required()
                .filter(each -> names.contains(each.name()))
                .collect(toSet())
                .equals(exact);
    }

    private static Set<String> names(Set<Requirement> features) {
        return features.stream().map(Requirement::name).collect(toSet());
    }

    /** Features that only releases before had, and what stood in for some. */
    private Set<Requirement> gone(Set<Requirement> exact, Set<String> former) {
        Set<Requirement> old = former.stream().map(Requirement::of).collect(toSet());
        return required()
                .filter(each -> (old.contains(each) || StandIns.contain(each)) && !exact.contains(each))
                .collect(toSet());
    }

    private Stream<Requirement> required() {
        return service.listRequirements().getOrDefault(REGION, Set.of()).stream()
                .map(Requirement::read)
                .flatMap(Optional::stream);
    }

    private void know(Features wanted) throws Exception {
        URI repository = URI.create(wanted.repository());
        if (Stream.of(service.listRequiredRepositories()).noneMatch(known -> repository.equals(known.getURI()))) {
            service.addRepository(repository);
        }
        Set<String> known =
                Stream.of(service.listFeatures()).map(Feature::getId).collect(toSet());
        List<String> unknown =
                wanted.roots().stream().filter(id -> !known.contains(id)).toList();
        if (!unknown.isEmpty()) {
            throw new RefusedException(Problem.of(
                    "karaf-features",
                    wanted.repository(),
                    "Karaf finds no feature " + String.join(", ", unknown) + " in it"));
        }
    }

    Set<String> installed() throws Exception {
        return Stream.of(service.listInstalledFeatures()).map(Feature::getId).collect(toSet());
    }

    Map<String, String> bringing(Set<String> locations) throws Exception {
        Map<String, String> result = new TreeMap<>();
        for (Feature feature : service.listInstalledFeatures()) {
            feature.getBundles().stream()
                    .map(BundleInfo::getLocation)
                    .filter(locations::contains)
                    .forEach(location -> result.putIfAbsent(location, feature.getId()));
        }
        return result;
    }

    private static Set<String> patterns(Set<Requirement> features) {
        return features.stream().map(Requirement::pattern).collect(toCollection(LinkedHashSet::new));
    }
}
