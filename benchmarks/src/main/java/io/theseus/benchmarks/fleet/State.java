// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import io.theseus.benchmarks.Arguments;
import io.theseus.benchmarks.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code state}: a container with one component that keeps very many entries, upgraded there and back under a call each millisecond. */
public final class State {
    private static final List<String> VERSIONS = List.of("1.0.0", "2.0.0");

    private State() {}

    /**
     * Arguments: {@code --entries N} (1000000), {@code --rounds R} (5), {@code --only KIND}.
     *
     * @return whether no call failed, and no count was lost
     */
    public static boolean run(String[] arguments) throws Exception {
        Arguments words =
                new Arguments("state [--entries N] [--rounds R] [--only passed|converted|rewritten]", arguments);
        int entries = words.number("--entries", 1_000_000);
        int rounds = words.number("--rounds", 5);
        String only = words.text("--only", "");
        words.end();
        List<Hoarding> kinds = Stream.of(Hoarding.values())
                .filter(each -> only.isEmpty() || name(each).equals(only))
                .toList();
        if (kinds.isEmpty()) {
            throw words.wrong("there is no " + only);
        }
        boolean well = true;
        for (Hoarding kind : kinds) {
            try (Scratch scratch = Scratch.of("theseus-state")) {
                well &= measure(scratch.folder(), kind, entries, rounds);
            }
        }
        return well;
    }

    private static boolean measure(Path folder, Hoarding kind, int entries, int rounds) throws Exception {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Release.put(repository, "fleet.api", "1.0.0", Pattern.api(1).bytes());
        Release.put(repository, "fleet.load", "1.0.0", Pattern.load().bytes());
        for (String version : VERSIONS) {
            Release.put(
                    repository,
                    "fleet.hoard",
                    version,
                    kind.application(version).bytes());
        }
        Release one = Release.describe(repository, VERSIONS.get(0), Map.of("fleet.hoard", VERSIONS.get(0)), folder);
        Release two = Release.describe(repository, VERSIONS.get(1), Map.of("fleet.hoard", VERSIONS.get(1)), folder);
        Map<String, Object> properties = Map.of("fleet.size", 1, "hoard.entries", entries);
        try (Ship ship = Ship.start(folder.resolve("karaf"), repository, properties, true)) {
            ship.run("release:unpack " + one.url());
            ship.run("release:unpack " + two.url());
            ship.run("release:install --permanent " + one.id());
            String what = "name=state kind=" + name(kind) + " entries=" + entries;
            Footprint.print(ship, what, one, two);
            Trips trips = new Trips(ship, "paced");
            for (int round = 0; round < rounds; round++) {
                System.out.println(trips.to(two));
                System.out.println(trips.to(one));
            }
            System.out.printf("RESULT %s load=paced installs=%d %s%n", what, 2 * rounds, trips.result());
            return trips.well();
        }
    }

    private static String name(Hoarding kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
