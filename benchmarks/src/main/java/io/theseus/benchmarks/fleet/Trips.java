// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Installs releases under load, each made permanent, and sums up what was noticed. Thread safety: for one thread. */
final class Trips {
    /** How long callers are left alone before and after. */
    static final long AROUND_MILLIS = 1500;

    private final Ship ship;
    private final String load;
    private final Map<String, Median> medians = new LinkedHashMap<>();
    private long failed;
    private long mixed;
    private long calls;
    private long lost;

    Trips(Ship ship, String load) {
        this.ship = ship;
        this.load = load;
    }

    /** Answers a line to read. */
    String to(Release release) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        ship.run("release:check " + release.id());
        double check = millis(System.nanoTime() - begun);
        long before = ship.callers().number("counted");
        Remote.Noticed quiet = during(() -> {});
        double[] command = new double[1];
        Remote.Noticed install = during(() -> {
            long asked = System.nanoTime();
            ship.run("release:install " + release.id());
            command[0] = millis(System.nanoTime() - asked);
        });
        Map<?, ?> installed = ship.report("install");
        Remote.Noticed permanent = during(() -> ship.run("release:make-permanent " + release.id()));
        Map<?, ?> made = ship.report("make-permanent");
        long counted = ship.callers().number("counted") - before;
        long called = Pattern.PARTS * (quiet.calls() + install.calls() + permanent.calls());
        for (Remote.Noticed each : List.of(quiet, install, permanent)) {
            failed += each.failed();
            mixed += each.mixed();
            calls += each.calls();
        }
        lost += Math.abs(called - counted);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("check_ms", check);
        numbers.put("install_ms", number(installed.get("took_us")) / 1000);
        numbers.put("command_ms", command[0]);
        numbers.put("prepare_ms", prepare(installed));
        numbers.put("suspended_ms", figure(installed, "suspended_us") / 1000);
        numbers.put("handover_us", handover(installed));
        numbers.put("switch_us", figure(installed, "switch_us"));
        numbers.put("quiet_ms", quiet.longestUs() / 1000.0);
        numbers.put("longest_ms", install.longestUs() / 1000.0);
        numbers.put("over_quiet_ms", (install.longestUs() - quiet.longestUs()) / 1000.0);
        numbers.put("longest_from_switch_ms", (double) (install.longestAtMs() - install.changedAtMs()));
        numbers.put("p99_before_us", (double) install.p99BeforeUs());
        numbers.put("p99_after_us", (double) install.p99AfterUs());
        numbers.put("permanent_ms", number(made.get("took_us")) / 1000);
        numbers.put("permanent_over_quiet_ms", (permanent.longestUs() - quiet.longestUs()) / 1000.0);
        numbers.forEach((name, number) ->
                medians.computeIfAbsent(name, any -> new Median()).add(number));
        String rounded = numbers.entrySet().stream()
                .map(each -> "%s=%.2f".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(" "));
        return load + " to " + release.id() + " " + rounded + " failed " + install.failed() + " " + install.failure();
    }

    /** The medians, and the sums. */
    String result() {
        StringBuilder text = new StringBuilder();
        medians.forEach(
                (name, median) -> text.append(name).append('=').append(median).append(' '));
        return text + "calls=" + calls + " failed=" + failed + " mixed=" + mixed + " lost=" + lost;
    }

    /** Whether nobody noticed. */
    boolean well() {
        return failed + mixed + lost == 0;
    }

    private interface Work {
        void run() throws IOException;
    }

    private Remote.Noticed during(Work work) throws IOException, InterruptedException {
        ship.callers().ask("start " + load);
        TimeUnit.MILLISECONDS.sleep(AROUND_MILLIS);
        work.run();
        TimeUnit.MILLISECONDS.sleep(AROUND_MILLIS);
        return ship.callers().stop();
    }

    /** All up to the first gate, in milliseconds. */
    private static double prepare(Map<?, ?> report) {
        double sum = 0;
        for (Map<?, ?> step : steps(report)) {
            if (String.valueOf(step.get("text")).startsWith("suspend")) {
                break;
            }
            sum += number(step.get("took_us")) / 1000;
        }
        return sum;
    }

    /** What it took to hand states over, in microseconds. */
    private static double handover(Map<?, ?> report) {
        return steps(report).stream()
                .filter(step -> String.valueOf(step.get("text")).startsWith("code_change"))
                .mapToDouble(step -> number(step.get("took_us")))
                .sum();
    }

    private static List<Map<?, ?>> steps(Map<?, ?> report) {
        List<Map<?, ?>> steps = new ArrayList<>();
        for (Object step : (List<?>) Objects.requireNonNull(report.get("steps"))) {
            steps.add((Map<?, ?>) step);
        }
        return steps;
    }

    private static double figure(Map<?, ?> report, String name) {
        return report.get("figures") instanceof Map<?, ?> figures ? number(figures.get(name)) : -1;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : -1;
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
