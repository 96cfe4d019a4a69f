// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.CodeServer.Watch;
import io.theseus.port.Requirements;
import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets Karaf require the features of the permanent release, so that nothing it does later leads to another one. Which release
 * is permanent is what RELEASES says; Karaf is told afterwards, and again when it did not listen.
 *
 * <p>Thread safety: used by the handler thread.
 */
final class Adopting {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private final Container container;
    private boolean told;

    Adopting(Container container) {
        this.container = container;
    }

    /** Whether Karaf has to be told, and can be. While a release bakes it is told nothing. */
    boolean due() {
        return !told
                && container.kept().isEmpty()
                && container.leaving().isEmpty()
                && (permanent().features().isPresent() || !instead(permanent()).isEmpty())
                && container.ports.requirements().filter(Requirements::settled).isPresent();
    }

    /** Whether there is anybody to tell. */
    boolean possible() {
        return container.ports.requirements().isPresent();
    }

    /** @return what Karaf did not do, and what it did besides */
    List<Problem> adopt() {
        return container.ports.requirements().map(this::adopt).orElse(List.of());
    }

    private List<Problem> adopt(Requirements requirements) {
        Release permanent = permanent();
        Map<String, BundleSpec> replaced = replaced(permanent);
        List<Problem> problems = new ArrayList<>();
        told = false;
        try {
            Optional<Features> features = container.store.features(permanent);
            Map<String, Optional<String>> instead = instead(permanent);
            if (features.isPresent()) {
                problems.addAll(
                        watched(requirements, replaced, () -> requirements.require(features.get(), former(), LIMIT)));
            } else if (!instead.isEmpty()) {
                String qualifier = permanent.id().version().getQualifier();
                problems.addAll(watched(
                        requirements,
                        replaced,
                        () -> requirements.revise(
                                instead, qualifier.isEmpty() ? permanent.id().name() : qualifier, LIMIT)));
            }
            told = true;
            problems.addAll(bringing(requirements, replaced));
        } catch (RefusedException e) {
            e.problems().forEach(problem -> problems.add(told ? problem : again(problem)));
        }
        return problems;
    }

    private List<Problem> watched(Requirements requirements, Map<String, BundleSpec> replaced, Runnable operation) {
        if (!requirements.settled()) {
            throw new RefusedException(
                    Problem.of("karaf-busy", "", "the container has not installed its boot features yet"));
        }
        Set<String> leaving =
                replaced.values().stream().map(BundleSpec::toString).collect(Collectors.toSet());
        try (Watch watch = container.ports.code().watch()) {
            operation.run();
            return watch.disturbed().stream()
                    .filter(each -> !leaving.contains(each.bundle()))
                    .map(each -> Problem.of(
                                    "karaf-disturbed",
                                    each.bundle(),
                                    "was " + each.what() + " while Karaf took the release over")
                            .withHint("the log of Karaf says why; another feature operation at that time does it too"))
                    .distinct()
                    .toList();
        }
    }

    private static List<Problem> bringing(Requirements requirements, Map<String, BundleSpec> replaced) {
        List<Problem> problems = new ArrayList<>();
        if (!replaced.isEmpty()) {
            requirements.bringing(replaced.keySet(), LIMIT).forEach((location, feature) -> {
                BundleSpec bundle = replaced.get(location);
                problems.add(Problem.of(
                                "karaf-brings-back",
                                feature,
                                "is required by Karaf, whose next feature operation installs " + bundle + " again")
                        .withHint("install a version of this feature that has what runs now, or has nothing of it"));
            });
        }
        return problems;
    }

    private Problem again(Problem problem) {
        String hint = "until Karaf requires the features of " + permanent().id()
                + ", its next feature operation leads to the release before; it is told again by and by";
        return problem.withHint(problem.hint().isEmpty() ? hint : problem.hint() + "; " + hint);
    }

    /** Bundles of releases that were permanent, which the permanent one does not have, by their location. */
    private Map<String, BundleSpec> replaced(Release permanent) {
        Map<String, BundleSpec> result = new LinkedHashMap<>();
        old().forEach(release -> release.bundles().stream()
                .filter(bundle -> !Boot.contains(permanent, bundle))
                .forEach(bundle -> result.putIfAbsent(bundle.location(), bundle)));
        permanent.bundles().forEach(bundle -> result.remove(bundle.location()));
        return result;
    }

    /**
     * For each location from which a feature may bring a bundle that the permanent release has not: its successor, which the store has. Of a
     * copy of a feature the locations are in the store too.
     */
    private Map<String, Optional<String>> instead(Release permanent) {
        Map<String, Optional<String>> result = new LinkedHashMap<>();
        for (Release old : old()) {
            for (BundleSpec bundle : old.bundles()) {
                Optional<BundleSpec> next = permanent.bundle(bundle.symbolicName());
                if (next.filter(each -> each.version().equals(bundle.version()) && each.mayHave(bundle.sha256()))
                        .isEmpty()) {
                    result.putIfAbsent(bundle.location(), next.map(this::stored));
                    result.putIfAbsent(stored(bundle), next.map(this::stored));
                }
            }
        }
        permanent.bundles().forEach(bundle -> {
            result.remove(bundle.location());
            result.remove(stored(bundle));
        });
        return result;
    }

    private String stored(BundleSpec bundle) {
        Path file = container.store.bundle(bundle.sha256());
        return Files.exists(file) ? file.toAbsolutePath().toUri().toString() : bundle.location();
    }

    private Set<String> former() {
        Set<String> result = new LinkedHashSet<>();
        old().forEach(release -> release.features().ifPresent(features -> result.addAll(features.roots())));
        return result;
    }

    private List<Release> old() {
        return container.releases().all().stream()
                .filter(info -> info.status() == ReleaseStatus.OLD)
                .map(ReleaseInfo::release)
                .toList();
    }

    private Release permanent() {
        return container.releases().permanent().release();
    }
}
