// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.CodeServer;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.release.StartType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the applications that a release requires are well: started, and their components active.
 *
 * @param retired ids of bundles of the release before, which may be of the same version
 * @param known what was wrong before and counts no more, as {@link #ailments} has it
 */
record Health(CodeServer code, Release release, Set<Long> retired, Set<String> known) {
    Health {
        retired = Set.copyOf(retired);
        known = Set.copyOf(known);
    }

    /** Whether a bundle is started wherever its release is well. */
    static boolean mustRun(Release release, Installed bundle) {
        return !bundle.fragment()
                && release.bundle(bundle.symbolicName())
                        .filter(b -> b.version().equals(bundle.version()) && b.type() == StartType.REQUIRED)
                        .isPresent();
    }

    private record Ailment(Installed bundle, Problem problem) {
        /** The same for every version of the bundle. */
        String text() {
            String where = problem.where().replace(bundle.toString(), bundle.symbolicName());
            return problem.code() + " " + where + ": " + problem.text();
        }
    }

    /** What is wrong, and was not before. */
    List<Problem> problems() {
        return all().filter(a -> !known.contains(a.text()))
                .map(Ailment::problem)
                .toList();
    }

    List<String> ailments() {
        return ailments(any -> true);
    }

    /** Those of some bundles only, by symbolic name. */
    List<String> ailments(Predicate<String> names) {
        return all().filter(a -> names.test(a.bundle().symbolicName()))
                .map(Ailment::text)
                .distinct()
                .toList();
    }

    private Stream<Ailment> all() {
        List<Installed> mine =
                code.snapshot().bundles().stream().filter(this::mine).toList();
        Map<Long, List<Problem>> inactive = code.inactiveComponents(
                mine.stream().filter(Installed::active).map(Installed::id).collect(Collectors.toSet()));
        return mine.stream()
                .flatMap(bundle -> ailing(bundle, inactive).stream().map(problem -> new Ailment(bundle, problem)));
    }

    private static List<Problem> ailing(Installed bundle, Map<Long, List<Problem>> inactive) {
        return bundle.active()
                ? inactive.getOrDefault(bundle.id(), List.of())
                : List.of(Problem.of("not-active", bundle.toString(), "is not started"));
    }

    private boolean mine(Installed bundle) {
        return !retired.contains(bundle.id())
                && mustRun(release, bundle)
                && release.bundle(bundle.symbolicName())
                        .filter(b -> b.role() == BundleSpec.Role.APPLICATION)
                        .isPresent();
    }
}
