// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.port.Snapshot.Installed;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pass 2: the rewire set. Whoever is wired to a package keeps its wire until it is replaced itself. So who uses packages of what changes
 * moves along, and who uses packages of that, and so on: in the version it has, installed a second time. Who belongs to no release can
 * not be moved: it stays with the old code, if that does no harm.
 */
final class Rewiring {
    private final Picture picture;
    private final Differences differences;
    private final Map<String, Difference> moves = new LinkedHashMap<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();

    Rewiring(Picture picture, Differences differences) {
        this.picture = picture;
        this.differences = differences;
        Deque<Difference> open = new ArrayDeque<>();
        differences.all().stream().filter(d -> !d.comes()).forEach(open::add);
        picture.planning().to().bundles().stream()
                .filter(this::again)
                .map(spec -> move(spec, "it is adopted: another copy of it comes under stable services"))
                .forEach(open::add);
        while (!open.isEmpty()) {
            Difference provider = open.remove();
            users(provider.from()).forEach(user -> from(provider, user).ifPresent(open::add));
            // On the way back, and while both are there: what is wired to the other version already.
            users(provider.to())
                    .filter(user -> changing(user).isEmpty())
                    .forEach(user -> staying(user)
                            .flatMap(spec -> move(provider, user, spec))
                            .ifPresent(open::add));
        }
    }

    /** What moves along without a new version, in the order in which it was found. */
    List<Difference> moves() {
        return List.copyOf(moves.values());
    }

    /** Why a bundle moves along. */
    Optional<String> why(Difference difference) {
        return Optional.ofNullable(reasons.get(difference.name()));
    }

    List<Problem> problems() {
        return problems;
    }

    /** What is installed a second time would be there twice when the container starts. */
    List<Problem> restarted() {
        return moves().stream()
                .map(move -> new Problem(
                        "library-changes",
                        move.toString(),
                        reasons.get(move.name()) + ", and the container is to restart after the release has changed",
                        "let the appup say restart_new_container: then everybody is wired anew"))
                .toList();
    }

    /** What stays with the old code. */
    Set<String> notes() {
        return notes;
    }

    private Optional<Difference> from(Difference provider, Installed user) {
        if (user.symbolicName().equals(provider.name()) || changing(user).isPresent()) {
            return Optional.empty();
        }
        Optional<BundleSpec> spec = staying(user);
        if (provider.goes()) {
            if (provider.library()) {
                problems.add(problem(
                        provider,
                        "the release has it no more, but its packages are used by " + user.symbolicName(),
                        "keep it in this release, and leave it out of the next one"));
            }
            return Optional.empty();
        }
        if (spec.isPresent()) {
            return move(provider, user, spec.get());
        }
        if (provider.library()) {
            notes.add(user.withId() + " belongs to no release and stays wired to " + old(provider)
                    + ", whose classes stay in memory until it is refreshed or the container restarts;"
                    + " make-permanent --refresh restarts it" + followers(user));
        } else {
            problems.add(problem(
                    provider,
                    "its packages change, and " + user.symbolicName() + " is wired to them and belongs to no release",
                    "take " + user.symbolicName() + " into the release, or move the packages to a library"));
        }
        return Optional.empty();
    }

    private String followers(Installed user) {
        Set<Long> ids = picture.planning().snapshot().wiredTo(Set.of(user.id()));
        return picture.planning().snapshot().bundles().stream()
                .filter(b -> ids.contains(b.id()))
                .map(Installed::withId)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), text -> text.isEmpty() ? "" : ", and with it " + text));
    }

    private Optional<Difference> move(Difference provider, Installed user, BundleSpec spec) {
        if (moves.containsKey(spec.symbolicName()) || spec.symbolicName().equals(provider.name())) {
            return Optional.empty();
        }
        if (user.fragment() || spec.sha256().isEmpty()) {
            problems.add(problem(
                    provider,
                    "its packages are used by " + spec
                            + (user.fragment()
                                    ? ", a fragment, which is attached to its host only when that is resolved"
                                    : ", whose file is not known, so that it can not be installed a second time"),
                    "release " + spec.symbolicName()
                            + (user.fragment()
                                    ? "'s content in its host, or let an appup say restart_new_container"
                                    : " in a new version too, or let an appup say restart_new_container")));
            return Optional.empty();
        }
        return Optional.of(move(
                spec,
                "it moves along: it is wired to packages of " + old(provider)
                        + (provider.moves() ? ", which moves along" : ", which changes")));
    }

    private Difference move(BundleSpec spec, String why) {
        // The file that is known: that of the release to run.
        Difference move = new Difference(spec.symbolicName(), Optional.of(spec), Optional.of(spec));
        moves.put(move.name(), move);
        reasons.put(move.name(), why);
        return move;
    }

    private boolean again(BundleSpec spec) {
        return picture.planning().again().contains(spec.symbolicName())
                && differences.find(spec.symbolicName()).isEmpty();
    }

    /** Bundles wired to packages of one, in an order that does not depend on how they were installed. */
    private Stream<Installed> users(Optional<BundleSpec> provider) {
        Set<Long> ids = new HashSet<>();
        provider.ifPresent(p -> picture.planning()
                .snapshot()
                .all(p.symbolicName(), p.version())
                .forEach(i -> ids.addAll(i.packageUsers())));
        return picture.planning().snapshot().bundles().stream()
                .filter(b -> ids.contains(b.id()))
                .sorted(Comparator.comparing(Installed::symbolicName).thenComparing(Installed::id));
    }

    /** The difference by which a bundle is replaced or goes. */
    private Optional<Difference> changing(Installed user) {
        return differences
                .find(user.symbolicName())
                .filter(d ->
                        d.from().filter(b -> b.version().equals(user.version())).isPresent());
    }

    /** A bundle of both releases, in one version. */
    private Optional<BundleSpec> staying(Installed user) {
        return picture.planning()
                .to()
                .bundle(user.symbolicName())
                .filter(b -> b.version().equals(user.version()))
                .filter(b -> differences.find(b.symbolicName()).isEmpty());
    }

    private static String old(Difference provider) {
        return provider.from().orElseThrow().toString();
    }

    private static Problem problem(Difference provider, String text, String hint) {
        return new Problem(provider.library() ? "library-changes" : "package-users", old(provider), text, hint);
    }
}
