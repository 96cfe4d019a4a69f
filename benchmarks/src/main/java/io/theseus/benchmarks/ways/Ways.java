// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import io.theseus.benchmarks.Arguments;
import java.util.List;
import java.util.stream.Collectors;

/** {@code ways}: each way in, once there and back, under load. */
public final class Ways {
    private static final List<Way> ALL = List.of(
            new DeployFolder(),
            new FeatureRepository(),
            new KarafArchive(),
            new Library(),
            new Rebuilt(),
            new Jackson(),
            new HealthChecks(),
            new Camel());

    private Ways() {}

    /**
     * Arguments: {@code --only WAY,...}; {@code --bake DURATION}, 5 s if left out.
     *
     * @return whether all went there and back, and nobody noticed
     */
    public static boolean run(String[] arguments) {
        Arguments words = new Arguments("ways [--only WAY,...] [--bake DURATION]", arguments);
        String bake = words.text("--bake", "5s");
        String every = ALL.stream().map(Way::name).collect(Collectors.joining(","));
        List<String> only = List.of(words.text("--only", every).split(","));
        words.end();
        if (!List.of(every.split(",")).containsAll(only)) {
            throw words.wrong("there are the ways " + every);
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
