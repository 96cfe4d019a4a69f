// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import io.theseus.benchmarks.Arguments;
import io.theseus.benchmarks.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code fleet}: containers with many applications, all of them upgraded at once, or one of them; by Theseus and by its peers. */
public final class Fleet {
    private static final String ONE = "1.0.0";
    private static final String TWO = "2.0.0";

    private Fleet() {}

    /**
     * Arguments: {@code --rounds R} (5), {@code --peers}, {@code --paced}, {@code --hammer}, and the numbers of applications (10 50 250).
     *
     * @return whether with Theseus no call failed or met two versions, and no count was lost
     */
    public static boolean run(String[] arguments) throws Exception {
        Arguments words = new Arguments("fleet [N...] [--rounds R] [--paced|--hammer] [--peers]", arguments);
        int rounds = words.number("--rounds", 5);
        boolean peers = words.flag("--peers");
        List<String> loads = Stream.of("paced", "hammer")
                .filter(load -> words.flag("--" + load))
                .toList();
        boolean well = true;
        for (int size : words.numbers(10, 50, 250)) {
            try (Scratch scratch = Scratch.of("theseus-fleet")) {
                well &= measure(
                        scratch.folder(), size, rounds, loads.isEmpty() ? List.of("paced", "hammer") : loads, peers);
            }
        }
        return well;
    }

    private static boolean measure(Path folder, int size, int rounds, List<String> loads, boolean peers)
            throws Exception {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Release.put(repository, "fleet.api", ONE, Pattern.api(size).bytes());
        Release.put(repository, "fleet.load", ONE, Pattern.load().bytes());
        Release one = Release.write(repository, size, ONE, any -> ONE);
        Release two = Release.write(repository, size, TWO, any -> TWO);
        Release single = Release.write(repository, size, "1.1.0", i -> i == size / 2 ? TWO : ONE);
        boolean well;
        try (Ship ship = Ship.start(folder.resolve("karaf"), repository, Map.of("fleet.size", size), true)) {
            well = ours(ship, size, rounds, loads, List.of(one, two, single));
        }
        if (peers) {
            Bare.measure(folder, repository, size, rounds, one, two);
        }
        for (Peer peer : peers ? Peer.values() : new Peer[0]) {
            for (String load : loads) {
                try (Ship ship =
                        Ship.start(folder.resolve(peer + "-" + load), repository, Map.of("fleet.size", size), false)) {
                    peer.measure(ship, size, load, one, two);
                }
            }
        }
        return well;
    }

    private static boolean ours(Ship ship, int size, int rounds, List<String> loads, List<Release> releases)
            throws Exception {
        for (Release each : releases) {
            ship.run("release:unpack " + each.url());
        }
        ship.run("release:install --permanent " + releases.get(0).id());
        if (ship.callers().number("present") != size) {
            throw new IllegalStateException("only " + ship.callers().number("present") + " of " + size + " are there");
        }
        Footprint.print(ship, "name=fleet way=theseus n=" + size, releases.get(0), releases.get(1));
        boolean well = true;
        for (String load : loads) {
            for (String what : List.of("all", "one")) {
                Trips trips = new Trips(ship, load);
                Release there = releases.get(what.equals("all") ? 1 : 2);
                for (int round = 0; round < rounds; round++) {
                    System.out.println(trips.to(there));
                    System.out.println(trips.to(releases.get(0)));
                }
                System.out.printf(
                        "RESULT name=fleet way=theseus n=%d change=%s load=%s installs=%d %s%n",
                        size, what, load, 2 * rounds, trips.result());
                well &= trips.well();
            }
        }
        return well;
    }
}
