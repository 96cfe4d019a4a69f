// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Calls the fleet until told to stop. Thread safety: for the control thread. */
final class Callers {
    /** How many parts a call asks. */
    static final int DEPTH = 4;

    private static final long PACE_NANOS = 1_000_000;
    private static final int HAMMERS = 4;

    private final Applications fleet;
    private final List<Caller> callers = new ArrayList<>();
    private volatile boolean ended;
    private long begun;

    Callers(Applications fleet) {
        this.fleet = fleet;
    }

    /**
     * What was noticed. Times in nanoseconds.
     *
     * @param changedAt when a caller first met another version than at first, -1 if none did
     */
    record Noticed(
            long calls,
            long failed,
            long mixed,
            long longest,
            long longestAt,
            long changedAt,
            String failure,
            List<Slots> slots) {
        Noticed {
            slots = List.copyOf(slots);
        }
    }

    /** @param paced one caller with a call each millisecond; else four without pause */
    void start(boolean paced) {
        if (!callers.isEmpty()) {
            throw new IllegalStateException("there are callers already");
        }
        ended = false;
        begun = System.nanoTime();
        for (int i = 0; i < (paced ? 1 : HAMMERS); i++) {
            Caller caller = new Caller(paced);
            callers.add(caller);
            caller.thread.start();
        }
    }

    Noticed stop() throws InterruptedException {
        ended = true;
        for (Caller caller : callers) {
            caller.thread.join();
        }
        Noticed noticed = new Noticed(
                callers.stream().mapToLong(each -> each.calls).sum(),
                callers.stream().mapToLong(each -> each.failed).sum(),
                callers.stream().mapToLong(each -> each.mixed).sum(),
                callers.stream().mapToLong(each -> each.slots.longest()).max().orElse(0),
                callers.stream()
                        .map(each -> each.slots)
                        .max((a, b) -> Long.compare(a.longest(), b.longest()))
                        .map(Slots::longestAt)
                        .orElse(0L),
                callers.stream()
                        .mapToLong(each -> each.changedAt)
                        .filter(each -> each >= 0)
                        .min()
                        .orElse(-1),
                callers.stream()
                        .map(each -> each.failure)
                        .filter(each -> !each.isEmpty())
                        .findFirst()
                        .orElse("-"),
                callers.stream().map(each -> each.slots).toList());
        callers.clear();
        return noticed;
    }

    private final class Caller implements Runnable {
        private final boolean paced;
        private final Slots slots = new Slots(begun);
        private final Thread thread = new Thread(this, "fleet-caller");
        private long calls;
        private long failed;
        private long mixed;
        private long changedAt = -1;
        private String version = "";
        private String failure = "";

        Caller(boolean paced) {
            this.paced = paced;
        }

        @Override
        public void run() {
            long due = System.nanoTime();
            while (!ended) {
                long from = due;
                if (paced) {
                    // A call that is late is late from when it was due: what waits behind a pause is part of it.
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    due += PACE_NANOS;
                } else {
                    from = System.nanoTime();
                }
                call();
                long now = System.nanoTime();
                slots.took(now - from, now);
            }
        }

        private void call() {
            calls++;
            try {
                String answer = fleet.first(ThreadLocalRandom.current().nextInt(fleet.size()))
                        .call(DEPTH);
                if (answer.equals("mixed")) {
                    mixed++;
                } else if (version.isEmpty()) {
                    version = answer;
                } else if (changedAt < 0 && !answer.equals(version)) {
                    changedAt = System.nanoTime() - begun;
                }
            } catch (RuntimeException | LinkageError e) {
                failed++;
                if (failure.isEmpty()) {
                    failure = e.toString().replace(' ', '_');
                }
            }
        }
    }
}
