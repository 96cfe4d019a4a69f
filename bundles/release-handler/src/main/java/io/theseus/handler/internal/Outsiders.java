// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Kept;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.port.CodeServer;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bundles of no release that are wired to code which goes, with those wired to them: what an operator may have wired anew.
 *
 * @param gone ids of the bundles that go
 * @param bundles who is wired to them
 */
record Outsiders(Set<Long> gone, List<Installed> bundles) {
    static final Outsiders NONE = new Outsiders(Set.of(), List.of());

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /**
     * Looks who that is, while the code that goes is still there.
     *
     * @throws RefusedException {@code can-not-refresh}, {@code does-not-resolve}
     */
    static Outsiders of(Kept kept, CodeServer code) {
        Snapshot snapshot = code.snapshot();
        Set<Long> ids = snapshot.wiredTo(kept.retired());
        List<Installed> bundles =
                snapshot.bundles().stream().filter(b -> ids.contains(b.id())).toList();
        List<Problem> problems = new ArrayList<>();
        bundles.forEach(bundle -> problems.addAll(stays(bundle, kept, snapshot)));
        problems.addAll(code.unmet(ids, kept.retired()).stream()
                .map(problem -> problem.withHint("leave out --refresh: it stays with the old code then"))
                .toList());
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        return new Outsiders(kept.retired(), bundles);
    }

    private static List<Problem> stays(Installed bundle, Kept kept, Snapshot snapshot) {
        List<String> reasons = new ArrayList<>();
        if (isOf(kept.to(), bundle)) {
            reasons.add("belongs to " + kept.to().id()
                    + ", and is wired to a bundle of no release that would be refreshed");
        }
        String sticky = snapshot.sticky().get(bundle.symbolicName());
        if (sticky != null) {
            reasons.add("would be refreshed, and stays as it is: " + sticky);
        }
        if (bundle.fragment() && hosted(bundle, kept, snapshot)) {
            reasons.add("is a fragment of a bundle that goes, and its successor has been resolved without it");
        }
        users(bundle, kept, snapshot)
                .forEach(user -> reasons.add("offers services that " + user + " of "
                        + kept.to().id() + " uses, and would be gone for a moment"));
        return reasons.stream()
                .map(reason -> Problem.of("can-not-refresh", bundle.toString(), "bundle " + bundle.id() + " " + reason)
                        .withHint("leave out --refresh, and restart the container when it suits"))
                .toList();
    }

    private static boolean isOf(Release release, Installed bundle) {
        return release.bundle(bundle.symbolicName())
                .filter(spec -> spec.version().equals(bundle.version()))
                .isPresent();
    }

    /** No stable service is in front of it: an application whose reference breaks would fail calls, and lose what it holds. */
    private static Stream<Installed> users(Installed bundle, Kept kept, Snapshot snapshot) {
        Set<Long> callers = snapshot.callers().getOrDefault(bundle.id(), Set.of());
        return snapshot.bundles().stream()
                .filter(user -> callers.contains(user.id()) && !kept.retired().contains(user.id()))
                .filter(user -> !bundle.packageUsers().contains(user.id()))
                .filter(user -> isOf(kept.to(), user));
    }

    private static boolean hosted(Installed fragment, Kept kept, Snapshot snapshot) {
        return snapshot.bundles().stream()
                .filter(b -> kept.retired().contains(b.id()))
                .anyMatch(b -> b.packageUsers().contains(fragment.id()));
    }

    /** Wires them anew. */
    void refresh(CodeServer code, Operation operation) {
        if (bundles.isEmpty()) {
            return;
        }
        Set<Long> ids = bundles.stream().map(Installed::id).collect(Collectors.toSet());
        String names = bundles.stream().map(Installed::withId).collect(Collectors.joining(", "));
        RollingBack.attempt(operation, "refresh " + names, () -> operation.problems(code.refresh(ids, gone, LIMIT)));
    }
}
