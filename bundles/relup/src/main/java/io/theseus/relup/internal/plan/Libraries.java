// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.port.Snapshot.Installed;
import io.theseus.release.Problem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Pass 5: libraries, which are loaded beside their predecessors, and whose users move along. */
final class Libraries {
    private final Picture picture;
    private final Differences differences;
    private final Rewiring rewiring;

    Libraries(Picture picture, Differences differences, Rewiring rewiring) {
        this.picture = picture;
        this.differences = differences;
        this.rewiring = rewiring;
    }

    List<Difference> all() {
        return differences.libraries();
    }

    String why(Difference library) {
        Set<String> users = users(library);
        return library.comes()
                ? "new"
                : rewiring.why(library)
                        .orElse(
                                users.isEmpty()
                                        ? "nobody uses its packages"
                                        : "its packages are used by " + String.join(", ", users));
    }

    List<Problem> problems() {
        return all().stream()
                .filter(library -> library.changes() && picture.fragment(library))
                .map(Libraries::fragment)
                .toList();
    }

    /** Symbolic names of the other bundles that are wired to the running version's packages, and do not go. */
    private Set<String> users(Difference difference) {
        Set<Long> ids = picture.installed(difference.from())
                .map(Installed::packageUsers)
                .orElse(Set.of());
        Set<String> names = new TreeSet<>();
        picture.planning().snapshot().bundles().stream()
                .filter(b -> ids.contains(b.id()))
                .map(Installed::symbolicName)
                .filter(n -> !n.equals(difference.name()))
                .filter(n -> differences.find(n).filter(Difference::goes).isEmpty())
                .forEach(names::add);
        return names;
    }

    static Problem fragment(Difference difference) {
        return new Problem(
                "fragment-changes",
                difference.toString(),
                "a fragment is attached to its host only when the host is resolved, so it can not change while that runs",
                "put its content into the host, or restart the container for it");
    }
}
