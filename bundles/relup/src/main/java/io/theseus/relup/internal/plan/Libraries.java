// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.port.Snapshot.Installed;
import io.theseus.release.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Pass 5: libraries, and packages of applications. Whoever is wired to a package stays wired to it until it is itself replaced, so
 * what changes or goes must have no users that stay.
 */
final class Libraries {
    private final Picture picture;
    private final Differences differences;

    Libraries(Picture picture, Differences differences) {
        this.picture = picture;
        this.differences = differences;
    }

    List<Difference> all() {
        return differences.libraries();
    }

    String why(Difference library) {
        Set<String> users = users(library, u -> !leaves(u));
        return library.comes()
                ? "new"
                : users.isEmpty() ? "nobody uses its packages" : "its packages are used by " + String.join(", ", users);
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (Difference library : differences.libraries()) {
            Set<String> users = users(library, u -> !leaves(u));
            if (!library.comes() && !users.isEmpty()) {
                problems.add(changes(library, users));
            }
            if (library.changes() && picture.fragment(library)) {
                problems.add(fragment(library));
            }
        }
        return problems;
    }

    private static Problem changes(Difference library, Set<String> users) {
        String what = library.goes() ? "the release has it no more" : "it changes to " + library;
        return new Problem(
                "library-changes",
                library.from().orElseThrow().toString(),
                what + ", but its packages are used by " + String.join(", ", users),
                library.goes()
                        ? "keep it in this release, and leave it out of the next one"
                        : "that needs a restart of its users, which is not supported yet; restart the container for it");
    }

    /** Symbolic names of the other bundles that are wired to the running version's packages. */
    Set<String> users(Difference difference, Predicate<String> which) {
        Set<Long> ids = picture.installed(difference.from())
                .map(Installed::packageUsers)
                .orElse(Set.of());
        Set<String> names = new TreeSet<>();
        picture.planning().snapshot().bundles().stream()
                .filter(b -> ids.contains(b.id()))
                .map(Installed::symbolicName)
                .filter(n -> !n.equals(difference.name()))
                .filter(which)
                .forEach(names::add);
        return names;
    }

    boolean leaves(String name) {
        return differences.all().stream().anyMatch(d -> d.name().equals(name) && d.goes());
    }

    static Problem fragment(Difference difference) {
        return new Problem(
                "fragment-changes",
                difference.toString(),
                "a fragment is attached to its host only when the host is resolved, so it can not change while that runs",
                "put its content into the host, or restart the container for it");
    }
}
