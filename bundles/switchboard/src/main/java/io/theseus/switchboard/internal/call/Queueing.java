// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import io.theseus.api.ServiceSuspendedException;
import io.theseus.port.Switchboard.Waits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Calls that wait at a closed gate: who, how long, who gave up. */
final class Queueing {
    /**
     * How long a call waits, in nanoseconds, before it is looked at whether it may pass. Most gates are open by then, and those who open them
     * need the processors.
     */
    private static final long A_WHILE = 25_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stirred = lock.newCondition();
    private final Map<Thread, Long> waiting = new HashMap<>();
    private final Duration patience;
    /** When the first gate closed, in nanoTime; null before. */
    private @Nullable Long closedAt;

    private long calls;
    private long longest;
    private long failed;

    Queueing(Duration patience) {
        this.patience = patience;
    }

    /**
     * Waits until the condition holds.
     *
     * @throws ServiceSuspendedException when patience is over or the thread is interrupted; its interrupt status is set then
     */
    void await(Application application, BooleanSupplier over) {
        await(application, over, null);
    }

    /** The same, or until the guest may pass; whose code it is is looked up when the gate has been closed for a while, mostly never. */
    void await(Application application, BooleanSupplier over, @Nullable Guest guest) {
        long left = patience.toNanos();
        lock.lock();
        try {
            if (over.getAsBoolean()) {
                return;
            }
            calls++;
            waiting.put(Thread.currentThread(), System.nanoTime());
            boolean looked = guest == null;
            long lookAt = left - A_WHILE;
            while (!over.getAsBoolean() && (guest == null || !guest.mayPass())) {
                if (left <= 0) {
                    throw gaveUp(
                            application, "waited for longer than the gate timeout of " + patience.toMillis() + " ms");
                }
                long step = looked ? left : Math.min(left, left - lookAt);
                left -= step - stirred.awaitNanos(step);
                if (guest != null && !looked && left <= lookAt) {
                    looked = true;
                    lookWho(guest);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw gaveUp(application, "was interrupted while it waited");
        } finally {
            leave();
            lock.unlock();
        }
    }

    /** Not under the lock: who opens the gates needs it. */
    private void lookWho(Guest guest) {
        lock.unlock();
        try {
            guest.lookWho();
        } finally {
            lock.lock();
        }
    }

    /** A gate is about to close. */
    void begin() {
        lock.lock();
        try {
            closedAt = closedAt == null ? Long.valueOf(System.nanoTime()) : closedAt;
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody look again. */
    void stir() {
        lock.lock();
        try {
            stirred.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What waited so far; for those still there, up to now. */
    Waits waits() {
        lock.lock();
        try {
            long now = System.nanoTime();
            long most =
                    waiting.values().stream().mapToLong(since -> now - since).reduce(longest, Math::max);
            return new Waits(calls, most, failed, closedAt == null ? 0 : now - closedAt);
        } finally {
            lock.unlock();
        }
    }

    private ServiceSuspendedException gaveUp(Application application, String how) {
        failed++;
        return new ServiceSuspendedException(
                application.name(),
                "application " + application.name() + " is suspended and the call " + how
                        + "; it had no effect and may be tried again");
    }

    private void leave() {
        Long since = waiting.remove(Thread.currentThread());
        if (since != null) {
            longest = Math.max(longest, System.nanoTime() - since);
        }
    }
}
