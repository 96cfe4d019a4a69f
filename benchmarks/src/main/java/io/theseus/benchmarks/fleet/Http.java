// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import io.theseus.benchmarks.Arguments;
import io.theseus.benchmarks.Scratch;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code http}: a servlet that is upgraded again and again under keep-alive connections that never pause; by Theseus and by its peers. */
public final class Http {
    private static final int SWITCHES = 40;
    /** So many requests come at least between two switches. */
    private static final int REQUESTS = 50_000 / SWITCHES;

    private static final long WARM_MILLIS = 5000;

    private Http() {}

    /**
     * Arguments: {@code --switches N} (40), {@code --only WAY}.
     *
     * @return whether with Theseus no request was lost
     */
    public static boolean run(String[] arguments) throws Exception {
        Arguments words = new Arguments("http [--switches N] [--only theseus|ranking|update]", arguments);
        int switches = words.number("--switches", SWITCHES);
        String only = words.text("--only", "");
        words.end();
        List<Switching> ways = Stream.of(Switching.values())
                .filter(each -> only.isEmpty() || name(each).equals(only))
                .toList();
        if (ways.isEmpty()) {
            throw words.wrong("there is no " + only);
        }
        boolean well = true;
        for (Switching way : ways) {
            try (Scratch scratch = Scratch.of("theseus-http")) {
                well &= measure(scratch.folder(), way, switches) || way != Switching.THESEUS;
            }
        }
        return well;
    }

    /** Answers whether nothing was lost. */
    private static boolean measure(Path folder, Switching way, int switches) throws Exception {
        try (Front front = Front.start(folder, way == Switching.THESEUS)) {
            way.begin(front);
            try (Asking asking = new Asking(front.port(), Front.PATH)) {
                TimeUnit.MILLISECONDS.sleep(WARM_MILLIS);
                asking.mark();
                long begun = System.nanoTime();
                Median each = new Median();
                for (int number = 1; number <= switches; number++) {
                    long from = System.nanoTime();
                    way.change(front, number);
                    each.add((System.nanoTime() - from) / 1e6);
                    awaitRequests(asking, (long) number * REQUESTS);
                }
                Asking.Noticed noticed = asking.noticed();
                asking.mark();
                TimeUnit.NANOSECONDS.sleep(System.nanoTime() - begun);
                Asking.Noticed quiet = asking.noticed();
                print(name(way), switches, each, noticed, quiet);
                return noticed.lost() == 0 && noticed.versions().size() > 1;
            }
        }
    }

    private static void print(String way, int switches, Median command, Asking.Noticed noticed, Asking.Noticed quiet) {
        noticed.failures().forEach(each -> System.out.println(way + " lost: " + each));
        quiet.failures().forEach(each -> System.out.println(way + " lost in quiet: " + each));
        System.out.printf(
                Locale.ROOT,
                "RESULT name=http way=%s switches=%d connections=%d command_ms=%s requests=%d lost=%d p99_ms=%.2f longest_ms=%.1f quiet_requests=%d quiet_lost=%d quiet_p99_ms=%.2f quiet_longest_ms=%.1f versions=%d%n",
                way,
                switches,
                Asking.CONNECTIONS,
                command,
                noticed.requests(),
                noticed.lost(),
                noticed.p99(),
                noticed.longest(),
                quiet.requests(),
                quiet.lost(),
                quiet.p99(),
                quiet.longest(),
                noticed.versions().size());
    }

    private static void awaitRequests(Asking asking, long requests) throws InterruptedException {
        while (asking.requests() < requests) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static String name(Switching way) {
        return way.name().toLowerCase(Locale.ROOT);
    }
}
