// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import io.theseus.release.Status.BusyCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks at all slots, then at all holds - in this order, because a call takes a hold before its pin goes - and waits
 * until nothing is left.
 */
final class Drain {
    private static final long SHORTEST_PAUSE = 20_000;
    private static final long LONGEST_PAUSE = 1_000_000;

    private final Board board;
    private final Supplier<? extends Collection<Application>> applications;

    Drain(Board board, Supplier<? extends Collection<Application>> applications) {
        this.board = board;
        this.applications = applications;
    }

    /** Waits until no call is inside the suspended applications. */
    boolean awaitQuiet(Suspension suspension, Duration limit) {
        return poll(limit, () -> {
            if (!idle(suspension::counts, suspension.closed())) {
                return false;
            }
            if (suspension.state() == Suspension.State.SWITCHED) {
                return true;
            }
            suspension.quiet();
            // A nested call that was let through while we looked has closed its gate before we said QUIET, or sees
            // QUIET.
            if (suspension.state() == Suspension.State.QUIET && idle(suspension::counts, suspension.closed())) {
                return true;
            }
            suspension.drainOn();
            return false;
        });
    }

    boolean awaitIdle(Generation generation, Duration limit) {
        return poll(limit, () -> idle(in(generation), applications.get()));
    }

    List<BusyCall> busy(Suspension suspension) {
        return list(suspension::counts, suspension.closed());
    }

    List<BusyCall> busy(Generation generation) {
        return list(in(generation), applications.get());
    }

    private static Predicate<Pin> in(Generation generation) {
        return pin -> pin.generation == generation;
    }

    private boolean idle(Predicate<Pin> counts, Collection<Application> holders) {
        boolean[] found = new boolean[1];
        Thread self = Thread.currentThread();
        board.slots().each(slot -> {
            Pin pin = slot.seen();
            found[0] |= pin != null && counts.test(pin) && slot.thread() != self;
        });
        return !found[0]
                && holders.stream()
                        .flatMap(application -> application.pins().stream())
                        .filter(counts)
                        .noneMatch(pin -> pin.holds.count() > 0);
    }

    private List<BusyCall> list(Predicate<Pin> counts, Collection<Application> holders) {
        List<BusyCall> calls = new ArrayList<>();
        Thread self = Thread.currentThread();
        board.slots().each(slot -> {
            Pin pin = slot.seen();
            Thread thread = slot.thread();
            if (pin != null && thread != null && thread != self && counts.test(pin)) {
                List<String> stack = new ArrayList<>();
                for (StackTraceElement frame : thread.getStackTrace()) {
                    stack.add(frame.toString());
                }
                calls.add(new BusyCall(thread.getName(), pin.application.name(), stack));
            }
        });
        for (Application application : holders) {
            for (Pin pin : application.pins()) {
                long held = counts.test(pin) ? pin.holds.count() : 0;
                if (held > 0) {
                    calls.add(new BusyCall(
                            held + " asynchronous results or wrapped tasks", application.name(), List.of()));
                }
            }
        }
        return calls;
    }

    private static boolean poll(Duration limit, BooleanSupplier done) {
        long end = System.nanoTime() + limit.toNanos();
        long pause = SHORTEST_PAUSE;
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
        return true;
    }
}
