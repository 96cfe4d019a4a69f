// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Kills of a container that installs bank 2.0.0 under load: at every record of the journal (before, in the middle of and after writing it,
 * in turn) and at random instants. After each the next start must serve bank 1.0.0 with all that 1.0.0 has accepted.
 */
final class Kills implements AutoCloseable {
    private static final List<String> KINDS = List.of("BEFORE", "HALF", "AFTER");
    /** The journal and the history of a container grow with each kill, and each start reads them. */
    private static final int IN_ONE_CONTAINER = 40;

    private static final int TOLD_EVERY = 20;

    private final Path folder;
    private final Random random = new Random(1);
    private Optional<Victim> victim = Optional.empty();
    private int containers;
    private int kills;
    private int recovered;
    private long killing;
    private long failedCalls;
    private long lostState;

    private Kills(Path folder) {
        this.folder = folder;
    }

    record Result(int kills, int recovered, long failedCalls, long lostState) {}

    /** @param every which records of the journal: every n-th */
    static Result run(Path folder, int randomKills, int every) throws Exception {
        try (Kills kills = new Kills(folder)) {
            return kills.run(randomKills, every);
        }
    }

    private Result run(int randomKills, int every) throws Exception {
        Victim.Install clean = another();
        for (int record = 1; record <= clean.records(); record += every) {
            String when = record + " " + KINDS.get(record / every % KINDS.size());
            kill("at record " + when, Optional.of(when), clean.millis());
        }
        for (int i = 0; i < randomKills; i++) {
            long wait = random.nextLong(clean.millis() + clean.millis() / 2);
            kill("after " + wait + " ms", Optional.empty(), wait);
        }
        end();
        return new Result(kills, recovered, failedCalls, lostState);
    }

    private void kill(String text, Optional<String> record, long afterMillis) throws Exception {
        if (kills > 0 && kills % IN_ONE_CONTAINER == 0) {
            another();
        }
        long begun = System.nanoTime();
        Victim.Outcome outcome = victim.orElseThrow().kill(record, afterMillis);
        killing += System.nanoTime() - begun;
        kills++;
        lostState += outcome.lostState();
        outcome.wrong().forEach(each -> System.out.println("killed " + text + ": " + each));
        recovered += outcome.wrong().isEmpty() ? 1 : 0;
        if (kills % TOLD_EVERY == 0) {
            long millis = Duration.ofNanos(killing).toMillis() / TOLD_EVERY;
            System.out.println(kills + " kills, " + recovered + " recovered, the last took " + millis + " ms each");
            killing = 0;
        }
    }

    /** Goes on in a new container; answers what a clean install takes there. */
    private Victim.Install another() throws Exception {
        end();
        Victim next = Victim.start(folder.resolve("container" + ++containers));
        victim = Optional.of(next);
        Victim.Install clean = next.install();
        System.out.println("container " + containers + ": normal start " + next.normalMillis() + " ms, install "
                + clean.millis() + " ms, " + clean.records() + " records");
        return clean;
    }

    private void end() throws Exception {
        if (victim.isPresent()) {
            failedCalls += victim.get().failedCalls();
        }
        close();
    }

    @Override
    public void close() {
        victim.ifPresent(Victim::close);
        victim = Optional.empty();
    }
}
