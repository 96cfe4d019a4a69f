// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code calls}: a call through a stable object, beside its peers, in one run. */
final class Calls {
    private static final int[] THREADS = {1, 2};
    /** A benchmark of one way is named after it. */
    private static final Pattern VIA = Pattern.compile(".*\\.(\\w+)Benchmark\\.\\w+");

    private Calls() {}

    /** Arguments: {@code --short}, for figures that only say whether it runs, {@code --only KIND} and the number of forks, 1 if left out. */
    static void run(String[] arguments) throws RunnerException {
        Arguments words =
                new Arguments("calls [FORKS] [--short] [--only root|nested|fifty|twenty|reference|wide]", arguments);
        boolean quick = words.flag("--short");
        String only = words.text("--only", "\\w+");
        int forks = words.number(1);
        StringBuilder lines = new StringBuilder();
        for (int threads : THREADS) {
            Options options = new OptionsBuilder()
                    .include("\\.(Calls|Upgraded|Tracker)Benchmark\\." + only + "$")
                    .threads(threads)
                    .forks(forks)
                    .warmupIterations(quick ? 1 : 3)
                    .warmupTime(TimeValue.milliseconds(quick ? 200 : 1000))
                    .measurementIterations(quick ? 2 : 5)
                    .measurementTime(TimeValue.milliseconds(quick ? 200 : 1000))
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true)
                    .build();
            report(threads, new Runner(options).run(), lines);
        }
        System.out.print(lines);
    }

    private static void report(int threads, Collection<RunResult> results, StringBuilder lines) {
        Map<String, Double> reflective = new HashMap<>();
        for (RunResult result : results) {
            if (via(result).equals("reflective")) {
                reflective.put(kind(result), nanos(result));
            }
        }
        for (RunResult result : results) {
            lines.append(String.format(
                    Locale.ROOT,
                    "RESULT name=calls kind=%s via=%s threads=%d ns=%.2f error_ns=%.2f bytes=%.1f ratio_to_reflective=%.2f%n",
                    kind(result),
                    via(result),
                    threads,
                    nanos(result),
                    result.getPrimaryResult().getScoreError(),
                    bytes(result),
                    nanos(result) / reflective.getOrDefault(kind(result), Double.NaN)));
        }
    }

    private static String kind(RunResult result) {
        return result.getPrimaryResult().getLabel();
    }

    private static String via(RunResult result) {
        String via = result.getParams().getParam("via");
        return (via == null ? VIA.matcher(result.getParams().getBenchmark()).replaceAll("$1") : via)
                .toLowerCase(Locale.ROOT);
    }

    private static double nanos(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double bytes(RunResult result) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }
}
