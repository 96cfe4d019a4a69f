// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.port.Snapshot;
import io.theseus.port.Switchboard;
import io.theseus.release.BundleSpec;
import io.theseus.release.StartType;
import io.theseus.relup.Appup;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.Effects;
import io.theseus.relup.Planning;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** The planning input, asked by bundle. What ran before any release was installed has no facts. */
record Picture(Planning planning) {
    Optional<BundleFacts> facts(Optional<BundleSpec> bundle) {
        return bundle.flatMap(b -> Optional.ofNullable(planning.facts().get(b.sha256())));
    }

    Optional<Appup> appup(BundleSpec bundle) {
        return Optional.ofNullable(planning.appups().get(bundle.sha256()));
    }

    /** All appups of an application that are known, by the version they belong to. */
    Map<Version, Appup> appups(Difference difference) {
        Map<Version, Appup> known = new TreeMap<>();
        Stream.of(difference.from(), difference.to())
                .flatMap(Optional::stream)
                .forEach(b -> appup(b).ifPresent(a -> known.put(b.version(), a)));
        planning.others().getOrDefault(difference.name(), List.of()).forEach(a -> known.putIfAbsent(a.version(), a));
        return known;
    }

    /** Names of all bundles of both releases. */
    Set<String> names() {
        return Stream.concat(planning.from().bundles().stream(), planning.to().bundles().stream())
                .map(BundleSpec::symbolicName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Optional<Snapshot.Installed> installed(Optional<BundleSpec> bundle) {
        return bundle.flatMap(b -> planning.snapshot().find(b.symbolicName(), b.version()));
    }

    /** How a bundle is started, as its release says; a fragment never is. */
    StartType type(BundleSpec bundle) {
        return fragment(bundle) ? StartType.NONE : bundle.type();
    }

    boolean fragment(BundleSpec bundle) {
        return facts(Optional.of(bundle)).filter(BundleFacts::fragment).isPresent();
    }

    boolean fragment(Difference difference) {
        return Stream.of(difference.from(), difference.to())
                .anyMatch(b -> b.filter(this::fragment).isPresent());
    }

    /** Why the bundles of a difference can not be started beside each other. */
    Optional<String> effects(Difference difference) {
        return ask(difference, Effects::of).or(() -> unknown(difference));
    }

    /** What happens when the new version is activated. */
    Optional<String> activation(Difference difference) {
        return facts(difference.to()).flatMap(f -> Effects.onActivation(f, Optional.empty()));
    }

    /** Why they can not exist beside each other, whatever an appup says. */
    Optional<String> onlyOnce(Difference difference) {
        return ask(difference, (facts, line, installed) -> Effects.onlyOnce(facts, line));
    }

    private Optional<String> unknown(Difference difference) {
        return Stream.of(difference.from(), difference.to())
                .flatMap(Optional::stream)
                .filter(b -> facts(Optional.of(b)).isEmpty())
                .findFirst()
                .map(b -> "the file of " + b + " is not known, and so not what happens on its activation");
    }

    private Optional<String> ask(Difference difference, Question question) {
        Optional<String> old = difference.from().flatMap(b -> {
            Optional<Switchboard.Line> line =
                    Optional.ofNullable(planning.lines().get(b.symbolicName()));
            return question.ask(factsOrNone(b), line, installed(difference.from()));
        });
        return old.or(
                () -> difference.to().flatMap(b -> question.ask(factsOrNone(b), Optional.empty(), Optional.empty())));
    }

    private BundleFacts factsOrNone(BundleSpec bundle) {
        return facts(Optional.of(bundle))
                .orElseGet(() -> new BundleFacts(
                        bundle.symbolicName(),
                        bundle.version(),
                        false,
                        false,
                        false,
                        false,
                        false,
                        Set.of(),
                        List.of(),
                        Optional.empty()));
    }

    /** One of the questions of {@link Effects}. */
    private interface Question {
        Optional<String> ask(
                BundleFacts facts, Optional<Switchboard.Line> line, Optional<Snapshot.Installed> installed);
    }
}
