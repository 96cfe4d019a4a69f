// SPDX-License-Identifier: Apache-2.0
package io.theseus.port;

import io.theseus.internal.ByName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * A picture of the framework, taken once: planning looks at it and never at live bundles.
 *
 * @param bundles every installed bundle but the system bundle, by id
 * @param callers for a bundle id the bundles that may call into it: they use one of its services (through a stable service
 *     too) or are wired to one of its packages. Bundles nobody may call have no entry
 * @param sticky for the symbolic name of an installed bundle why it stays as it is while the container runs. Who may change has no entry
 */
public record Snapshot(List<Installed> bundles, Map<Long, Set<Long>> callers, Map<String, String> sticky) {
    public Snapshot {
        bundles = ByName.of(bundles, Installed::symbolicName);
        Map<Long, Set<Long>> copy = new HashMap<>();
        callers.forEach((id, users) -> copy.put(id, Set.copyOf(users)));
        callers = Map.copyOf(copy);
        sticky = Map.copyOf(sticky);
    }

    /** A picture in which everybody may change. */
    public Snapshot(List<Installed> bundles, Map<Long, Set<Long>> callers) {
        this(bundles, callers, Map.of());
    }

    /** The bundles with this symbolic name, lowest version first. */
    public List<Installed> named(String symbolicName) {
        return ByName.of(bundles, Installed::symbolicName).named(symbolicName).stream()
                .sorted((a, b) -> a.version().compareTo(b.version()))
                .toList();
    }

    /** The bundle with this symbolic name and version: the one that came last, while one is there a second time. */
    public Optional<Installed> find(String symbolicName, Version version) {
        return all(symbolicName, version).reduce((first, second) -> second);
    }

    /** The bundles with this symbolic name and version, in the order in which they came; two while one is replaced by its like. */
    public Stream<Installed> all(String symbolicName, Version version) {
        return ByName.of(bundles, Installed::symbolicName).named(symbolicName).stream()
                .filter(b -> b.version().equals(version));
    }

    /**
     * Ids of the bundles that are wired to some, of those that are wired to them, and so on: who would be refreshed with them. None of them
     * is in it itself.
     */
    public Set<Long> wiredTo(Set<Long> providers) {
        Map<Long, Set<Long>> users = new HashMap<>();
        bundles.forEach(b -> users.put(b.id(), b.packageUsers()));
        Set<Long> found = new TreeSet<>();
        Deque<Long> open = new ArrayDeque<>(providers);
        while (!open.isEmpty()) {
            for (long user : users.getOrDefault(open.remove(), Set.of())) {
                if (!providers.contains(user) && found.add(user)) {
                    open.add(user);
                }
            }
        }
        return found;
    }

    /** The same without some bundles. */
    public Snapshot without(Predicate<Installed> which) {
        return new Snapshot(bundles.stream().filter(which.negate()).toList(), callers, sticky);
    }

    /**
     * One installed bundle.
     *
     * @param active whether it is started (lazily activated ones too)
     * @param persistent whether a restart of the container starts it again
     * @param hasData whether its data area holds a file
     * @param packageUsers ids of other bundles wired to its packages
     * @param application whether it is an application: carries an appup or was declared one
     * @param fragment whether it is a fragment, which is attached to its host and never started
     */
    public record Installed(
            long id,
            String symbolicName,
            Version version,
            String location,
            boolean active,
            boolean persistent,
            int startLevel,
            boolean hasData,
            Set<Long> packageUsers,
            boolean application,
            boolean fragment) {
        public Installed {
            packageUsers = Set.copyOf(packageUsers);
        }

        @Override
        public String toString() {
            return symbolicName + " " + version;
        }

        /** For one that a person is to find in the list of bundles. */
        public String withId() {
            return this + " (bundle " + id + ")";
        }
    }
}
