// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code ways}: each way in, once there and back, under load. */
public final class Ways {
    private static final List<Way> ALL = List.of(
            new DeployFolder(),
            new FeatureRepository(),
            new KarafArchive(),
            new Library(),
            new Jackson(),
            new HealthChecks());

    private Ways() {}

    /**
     * Arguments: {@code --only WAY,...}; {@code --bake DURATION}, 5 s if left out.
     *
     * @return whether all went there and back, and nobody noticed
     */
    public static boolean run(String[] arguments) {
        String bake = "5s";
        Set<String> only = ALL.stream().map(Way::name).collect(Collectors.toSet());
        for (Iterator<String> words = List.of(arguments).iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--bake" -> bake = words.next();
                case "--only" -> {
                    Set<String> known = only;
                    only = Set.of(words.next().split(","));
                    if (!known.containsAll(only)) {
                        throw new IllegalArgumentException("there are the ways " + known);
                    }
                }
                default -> throw new IllegalArgumentException("ways [--only WAY,...] [--bake DURATION], not " + word);
            }
        }
        boolean well = true;
        for (Way way : ALL) {
            if (only.contains(way.name())) {
                well &= Walk.walk(way, bake);
            }
        }
        return well;
    }
}
