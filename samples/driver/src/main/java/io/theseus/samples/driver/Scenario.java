// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import io.theseus.samples.driver.PhaseResult.Phase;
import io.theseus.samples.driver.ReleaseChanges.Done;
import io.theseus.samples.driver.Tally.Counts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The demo: 1.0.0 becomes 2.0.0, 3.0.0 is undone, 1.0.0 comes back, and the container restarts; while customers call and post.
 * Thread safety: for one thread.
 */
final class Scenario {
    private static final Duration TO_START = Duration.ofMinutes(2);

    private final Options options;
    private final Container container;
    private final Console console;
    private final ReleaseCommands commands;
    private final ReleaseChanges changes;
    private final Shop shop;
    private final Out out;
    private final List<PhaseResult> results = new ArrayList<>();
    private Optional<Counts> quiet = Optional.empty();

    Scenario(Options options, Container container, Console console, Out out) {
        this.options = options;
        this.container = container;
        this.console = console;
        this.out = out;
        commands = new ReleaseCommands(console, out);
        changes = new ReleaseChanges(commands, options.bake(), out);
        shop = new Shop(options.httpPort());
    }

    /** Whether every phase went as it should. */
    boolean run() throws InterruptedException {
        try {
            startWithFirstRelease();
            try (Traffic traffic =
                    new Traffic(options.httpPort(), options.connections(), options.accounts(), options.rate())) {
                openAccounts(traffic);
                quietTime(traffic);
                phase(new Phase("upgrade", "1.0.0", "2.0.0"), traffic, "2.0.0", changes::upgrade);
                phase(new Phase("broken", "2.0.0", "3.0.0"), traffic, "2.0.0", changes::broken);
                phase(new Phase("downgrade", "2.0.0", "1.0.0"), traffic, "1.0.0", changes::downgrade);
                restart(traffic);
            }
        } catch (IOException stopped) {
            out.say("the demo ends here: " + stopped.getMessage());
        }
        return summary();
    }

    private void startWithFirstRelease() throws IOException {
        out.say("starting a new container");
        container.start();
        awaitShell();
        changes.first();
        shop.awaitOpen(TO_START);
        commands.must("release:list");
    }

    private void openAccounts(Traffic traffic) throws IOException {
        out.say("opening " + options.accounts() + " accounts, then warming up; " + options.connections()
                + " keep-alive connections, each with a session");
        Tally tally = traffic.count();
        traffic.goOn();
        awaitCalls(tally, options.accounts() + options.calls() / 2);
        traffic.pause();
        if (!tally.counts().clean()) {
            tell(tally.counts());
            throw new IOException("the shop does not serve, before any release was changed");
        }
    }

    private void quietTime(Traffic traffic) throws IOException {
        out.say("a quiet time to compare with: " + options.calls() + " calls, no command");
        Tally tally = traffic.count();
        traffic.goOn();
        awaitCalls(tally, options.calls());
        traffic.pause();
        Counts counts = tally.counts();
        quiet = Optional.of(counts);
        tell(counts);
    }

    private void phase(Phase phase, Traffic traffic, String ends, Action action) throws IOException {
        out.say("phase " + phase.name() + ": from " + phase.from() + " to " + phase.to() + ", under load");
        Tally tally = traffic.count();
        traffic.goOn();
        Done done = Done.NOTHING;
        Optional<String> problem = Optional.empty();
        try {
            awaitCalls(tally, options.calls() / 10);
            done = action.run();
            // Whatever was done, some calls must follow it.
            awaitCalls(tally, Math.max(options.calls(), tally.calls() + options.calls() / 10));
        } catch (IOException failed) {
            problem = Optional.of(String.valueOf(failed.getMessage()));
        }
        traffic.pause();
        keep(phase, traffic, tally, ends, done, problem);
    }

    private void keep(Phase phase, Traffic traffic, Tally tally, String ends, Done done, Optional<String> before)
            throws IOException {
        Optional<String> problem = before;
        Counts counts = tally.counts();
        long leaked = 0;
        try {
            counts = counts.withLost(Math.max(counts.lost(), shop.lost(traffic)));
            // After the calls are counted: a collection that unloads classes stops all threads for some milliseconds.
            leaked = commands.leftAfterCollection();
            List<String> serving = shop.books().versions();
            if (problem.isEmpty() && serving.stream().anyMatch(v -> !v.equals(ends))) {
                problem = Optional.of(serving + " serve at the end, not " + ends);
            }
        } catch (IOException unreadable) {
            problem = Optional.of(problem.orElse("") + unreadable.getMessage());
        }
        tell(counts);
        PhaseResult result = new PhaseResult(
                phase, counts, done.figure("switch_us"), done.figure("suspended_us"), done.took(), leaked, problem);
        results.add(result);
        if (problem.isPresent()) {
            throw new IOException("phase " + phase.name() + ": " + problem.get());
        }
    }

    private void restart(Traffic traffic) throws IOException, InterruptedException {
        out.say(
                "phase restart: the container is stopped and started again. What the ledger has in memory is lost with the JVM,"
                        + " by design: " + shop.books().number("accounts").orElse(0) + " accounts; sessions too");
        container.stop();
        long start = System.nanoTime();
        container.start();
        shop.awaitOpen(TO_START);
        out.say("the shop answers " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms after the start");
        awaitShell();
        traffic.forgotten();
        phase(new Phase(Phase.RESTART, "1.0.0", "1.0.0"), traffic, "1.0.0", () -> {
            commands.must("release:list");
            changes.expect("shop/1.0.0");
            return Done.NOTHING;
        });
        int last = results.size() - 1;
        results.set(last, results.get(last).withoutSessions());
    }

    private void awaitShell() throws IOException {
        long end = System.nanoTime() + TO_START.toNanos();
        String last = "nothing yet";
        while (System.nanoTime() < end && container.alive()) {
            try {
                int status = console.run("release:status", line -> {});
                if (status == 0) {
                    return;
                }
                last = "status " + status;
            } catch (IOException notYet) {
                last = String.valueOf(notYet.getMessage());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
        }
        throw new IOException("the container does not answer release:status: " + last);
    }

    private void awaitCalls(Tally tally, long calls) throws IOException {
        long seconds = 60 + (options.rate() == 0 ? 600 : 4L * calls / options.rate());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (tally.calls() < calls) {
            if (!container.alive()) {
                throw new IOException("the container has ended");
            }
            if (System.nanoTime() > end) {
                throw new IOException(calls + " calls were not made in " + seconds + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void tell(Counts counts) {
        out.say(counts.calls() + " calls in " + counts.tookMs() / 1000 + " s, failed " + counts.failed() + ", mixed "
                + counts.mixed() + ", lost postings " + counts.lost() + ", answered by " + counts.releases()
                + ", longest " + PhaseResult.millis(counts.longestMs()) + " ms");
        counts.failures().forEach((why, times) -> out.say("failed " + times + " times: " + why));
    }

    private boolean summary() {
        out.plain("");
        quiet.ifPresent(counts -> out.plain("quiet_longest_ms=" + PhaseResult.millis(counts.longestMs()) + " calls="
                + counts.calls() + " p50_ms=" + PhaseResult.millis(counts.p50Ms()) + " p99_ms="
                + PhaseResult.millis(counts.p99Ms()) + " stall_ms=" + PhaseResult.millis(counts.stallMs())));
        results.forEach(r -> out.plain(r.line()));
        results.forEach(
                r -> r.problem().ifPresent(p -> out.plain("phase " + r.phase().name() + ": " + p)));
        return results.size() == 4 && results.stream().allMatch(PhaseResult::passed);
    }

    /** What is done during a phase. */
    private interface Action {
        Done run() throws IOException;
    }
}
