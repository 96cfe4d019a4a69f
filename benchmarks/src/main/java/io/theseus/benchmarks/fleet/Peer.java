// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The ways there are without Theseus, over the same bundles and under the same load. */
enum Peer {
    /** {@code Bundle.update} of all, and a refresh. */
    UPDATE {
        @Override
        void change(Ship ship, Release two) throws IOException {
            ship.callers().ask("update " + two.folder());
        }
    },
    /** Karaf's features, upgraded. */
    FEATURES {
        @Override
        void change(Ship ship, Release two) {
            ship.run("feature:repo-add " + two.url());
            ship.run("feature:install --upgrade fleet/2.0.0");
        }
    },
    /** A second set of services that ranks higher. */
    RANKING {
        @Override
        void change(Ship ship, Release two) throws IOException {
            ship.callers().ask("rank " + two.folder());
        }
    };

    abstract void change(Ship ship, Release two) throws IOException;

    /** Installs the first release as Karaf does it, changes to the second, and prints what callers noticed. */
    void measure(Ship ship, int size, String load, Release one, Release two) throws IOException, InterruptedException {
        ship.run("feature:repo-add " + one.url());
        ship.run("feature:install fleet/1.0.0");
        ship.callers().ask("start " + load);
        TimeUnit.MILLISECONDS.sleep(2 * Trips.AROUND_MILLIS);
        Remote.Noticed quiet = ship.callers().stop();
        long counted = ship.callers().number("counted");
        ship.callers().ask("start " + load);
        TimeUnit.MILLISECONDS.sleep(Trips.AROUND_MILLIS);
        long begun = System.nanoTime();
        change(ship, two);
        double took = (System.nanoTime() - begun) / 1e6;
        TimeUnit.MILLISECONDS.sleep(Trips.AROUND_MILLIS);
        Remote.Noticed noticed = ship.callers().stop();
        long expected = counted + Pattern.PARTS * (noticed.calls() - noticed.failed());
        System.out.printf(
                "RESULT name=fleet way=%s n=%d change=all load=%s install_ms=%.0f quiet_ms=%.2f longest_ms=%.2f calls=%d failed=%d mixed=%d lost=%d present=%d first_failure=%s%n",
                name().toLowerCase(Locale.ROOT),
                size,
                load,
                took,
                quiet.longestUs() / 1000.0,
                noticed.longestUs() / 1000.0,
                noticed.calls(),
                noticed.failed(),
                noticed.mixed(),
                Math.max(0, expected - ship.callers().number("counted")),
                ship.callers().number("present"),
                noticed.failure());
    }
}
