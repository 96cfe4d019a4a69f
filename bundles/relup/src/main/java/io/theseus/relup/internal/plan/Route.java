// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.relup.Appup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * The way of an application from one version to another, by entries of appups: one hop where the higher version's appup knows the other
 * version, else the fewest hops over versions whose appups are known (OTP must list every base version).
 *
 * @param hops in the order of the way; empty if there is none
 */
record Route(List<Hop> hops) {
    Route {
        hops = List.copyOf(hops);
    }

    /**
     * One entry of one appup.
     *
     * @param to the version it leads to
     */
    record Hop(Appup appup, Appup.Entry entry, Version to) {
        String origin() {
            return appup.file() + ":" + entry.line();
        }
    }

    boolean direct() {
        return hops.size() == 1;
    }

    /** @param known the appups of the application, by the version they belong to */
    static Route find(Difference difference, Map<Version, Appup> known) {
        Version start = Difference.version(difference.from());
        Version goal = Difference.version(difference.to());
        Map<Version, List<Hop>> reached = new LinkedHashMap<>();
        reached.put(start, List.of());
        Deque<Version> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty() && !reached.containsKey(goal)) {
            Version here = open.remove();
            for (Hop hop : hops(here, goal, difference.direction(), known)) {
                List<Hop> way = new ArrayList<>(reached.getOrDefault(here, List.of()));
                way.add(hop);
                if (reached.putIfAbsent(hop.to(), way) == null) {
                    open.add(hop.to());
                }
            }
        }
        return new Route(reached.getOrDefault(goal, List.of()));
    }

    /** The farthest first, and never beyond the goal. */
    private static List<Hop> hops(Version here, Version goal, Direction direction, Map<Version, Appup> known) {
        boolean up = direction == Direction.UP;
        List<Version> targets = new ArrayList<>(known.keySet());
        if (!targets.contains(goal)) {
            targets.add(goal);
        }
        targets.removeIf(t ->
                up ? t.compareTo(here) <= 0 || t.compareTo(goal) > 0 : t.compareTo(here) >= 0 || t.compareTo(goal) < 0);
        targets.sort(up ? Comparator.reverseOrder() : Comparator.naturalOrder());
        List<Hop> hops = new ArrayList<>();
        for (Version target : targets) {
            Version carrier = up ? target : here;
            Optional<Appup> appup = Optional.ofNullable(known.get(carrier));
            appup.flatMap(a -> matching(up ? a.up() : a.down(), up ? here : target))
                    .ifPresent(e -> hops.add(new Hop(appup.orElseThrow(), e, target)));
        }
        return hops;
    }

    private static Optional<Appup.Entry> matching(List<Appup.Entry> entries, Version version) {
        return entries.stream().filter(e -> e.versions().includes(version)).findFirst();
    }
}
