// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.port.Switchboard.Incoming;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which bundle serves on which side. A value.
 *
 * @param current the side that is current
 * @param two whether the other side is alive
 * @param only the side of bundles that belong to one generation only
 * @param retired bundles of dropped generations: they serve nobody
 * @param successors for a bundle id the id of its predecessor or successor
 * @param handovers components that are handed a state and are not to be resumed when they appear
 * @param waiting bundles whose state is with their predecessor or successor, to be handed over or handed over already: what
 *     they were told would be lost
 */
public record Lineup(
        int current,
        boolean two,
        Map<Long, Integer> only,
        Set<Long> retired,
        Map<Long, Long> successors,
        Map<Long, Set<String>> handovers,
        Set<Long> waiting) {

    /** One generation, on side 0. */
    public static final Lineup FIRST = new Lineup(0, false, Map.of(), Set.of(), Map.of(), Map.of(), Set.of());

    public Lineup {
        only = Map.copyOf(only);
        retired = Set.copyOf(retired);
        successors = Map.copyOf(successors);
        handovers = Map.copyOf(handovers);
        waiting = Set.copyOf(waiting);
    }

    /**
     * The answer to a question about a lineup and what hangs on it, which changes after it: an answer that was found while the
     * lineup changed is of no moment there ever was, and is looked for again. Without that, who is held up between two looks for
     * the length of a switch takes a service for gone that was there all the time.
     */
    @SuppressWarnings("ReferenceEquality") // An equal lineup may have come after another.
    static <T> T steady(Supplier<Lineup> lineups, Function<Lineup, T> question) {
        while (true) {
            Lineup lineup = lineups.get();
            T answer = question.apply(lineup);
            if (lineups.get() == lineup) {
                return answer;
            }
        }
    }

    public int other() {
        return 1 - current;
    }

    /** The sides a bundle serves on, as bits. Also while one is alive: so nothing changes for what lives on when the other one comes or goes. */
    public int sides(long bundle) {
        if (retired.contains(bundle)) {
            return 0;
        }
        Integer side = only.get(bundle);
        return side != null ? 1 << side : 3;
    }

    /** The bundles of which something changes when a generation is opened, current or dropped. */
    Set<Long> moving() {
        Set<Long> moving = new HashSet<>(only.keySet());
        moving.addAll(handovers.keySet());
        moving.addAll(waiting);
        return moving;
    }

    public boolean serves(long bundle, int side) {
        return (sides(bundle) & 1 << side) != 0;
    }

    /** The side whose services a bundle sees: its own if it belongs to one generation only, else the current one. */
    public int seenBy(long bundle) {
        Integer side = only.get(bundle);
        return side != null ? side : current;
    }

    public Lineup open(Incoming incoming) {
        Map<Long, Integer> sides = new HashMap<>();
        Map<Long, Long> pairs = new HashMap<>();
        incoming.removed().forEach(bundle -> sides.put(bundle, current));
        incoming.added().forEach(bundle -> sides.put(bundle, other()));
        incoming.successors().forEach((old, next) -> {
            sides.put(old, current);
            sides.put(next, other());
            pairs.put(old, next);
            pairs.put(next, old);
        });
        Set<Long> stillRetired = new HashSet<>(retired);
        stillRetired.removeAll(sides.keySet());
        Map<Long, Set<String>> handedOver = incoming.handovers();
        return new Lineup(current, true, sides, stillRetired, pairs, handedOver, handedOver.keySet());
    }

    /**
     * The other side becomes the current one.
     *
     * @param suspended the bundles nobody could call: only their state changes sides with the switch
     */
    public Lineup exchange(Set<Long> suspended) {
        Set<Long> left = new HashSet<>();
        for (Long bundle : waiting) {
            Long serving = counterpart(bundle);
            if (serving != null && suspended.contains(serving)) {
                left.add(serving);
            }
        }
        return new Lineup(other(), two, only, retired, successors, handovers, left);
    }

    /** After a switch, what was announced as handover is done; a component that appears from now on is a fresh one. */
    public Lineup handedOver() {
        boolean switched = handovers.keySet().stream().anyMatch(bundle -> serves(bundle, current));
        return !switched ? this : new Lineup(current, two, only, retired, successors, Map.of(), waiting);
    }

    public Lineup drop() {
        Set<Long> gone = new HashSet<>(retired);
        only.forEach((bundle, side) -> {
            if (side != current) {
                gone.add(bundle);
            }
        });
        return new Lineup(current, false, Map.of(), gone, Map.of(), Map.of(), Set.of());
    }

    public Lineup without(long bundle) {
        if (!retired.contains(bundle)) {
            return this;
        }
        Set<Long> left = new HashSet<>(retired);
        left.remove(bundle);
        return new Lineup(current, two, only, left, successors, handovers, waiting);
    }

    /** The bundle on the other side that corresponds to this one. */
    public @Nullable Long counterpart(long bundle) {
        return successors.get(bundle);
    }
}
