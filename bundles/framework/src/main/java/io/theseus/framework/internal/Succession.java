// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/**
 * What one bundle shares with the one that is to follow it.
 *
 * @param bound PIDs of configurations that were given the older bundle's location
 * @param dynamic PIDs of configurations that were unbound, and in use by the older bundle
 */
record Succession(Party from, Party to, List<String> bound, List<String> dynamic) {
    /** A bundle, recognised after a restart of the container by id and location. */
    record Party(long id, String name, String location) {
        static Party of(Bundle bundle) {
            return new Party(bundle.getBundleId(), Framework.describe(bundle), bundle.getLocation());
        }
    }

    Succession {
        bound = List.copyOf(bound);
        dynamic = List.copyOf(dynamic);
    }

    static Succession between(Bundle from, Bundle to) {
        return new Succession(Party.of(from), Party.of(to), List.of(), List.of());
    }

    /** What belongs to the older bundle now counts too. */
    Succession with(Collection<String> nowBound, Collection<String> nowDynamic) {
        List<String> newBound = new ArrayList<>(nowBound);
        newBound.removeAll(dynamic);
        return new Succession(from, to, union(bound, newBound), union(dynamic, nowDynamic));
    }

    Succession withDynamicOnly() {
        return new Succession(from, to, List.of(), dynamic);
    }

    private static List<String> union(Collection<String> a, Collection<String> b) {
        return Stream.concat(a.stream(), b.stream()).distinct().sorted().toList();
    }
}
