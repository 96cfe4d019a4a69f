// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import java.io.IOException;

/** What two generations take in memory: what is reachable of the heap, and metaspace. */
final class Footprint {
    private Footprint() {}

    /**
     * Goes from one release to the other and back, and prints.
     *
     * @param what begins the line
     */
    static void print(Ship ship, String what, Release one, Release two) throws IOException {
        long before = kilobytes(ship);
        long loaders = ship.jvm().classLoaders();
        ship.run("release:install " + two.id());
        long during = kilobytes(ship);
        ship.run("release:make-permanent " + two.id());
        ship.run("release:collect");
        long after = kilobytes(ship);
        System.out.printf(
                "RESULT %s memory_before_mb=%d memory_during_mb=%d memory_after_mb=%d during_ratio=%.2f after_ratio=%.2f loaders_before=%d loaders_after=%d%n",
                what,
                before / 1024,
                during / 1024,
                after / 1024,
                (double) during / before,
                (double) after / before,
                loaders,
                ship.jvm().classLoaders());
        ship.run("release:install --permanent " + one.id());
    }

    private static long kilobytes(Ship ship) throws IOException {
        ship.jvm().collect();
        return ship.jvm().liveKilobytes() + ship.jvm().metaspaceKilobytes();
    }
}
