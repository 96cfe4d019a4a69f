// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The slots of all threads that ever made a call, minus those of threads that have ended. */
public final class Slots {
    private static final int FEW = 64;

    private final Queue<Slot> all = new ConcurrentLinkedQueue<>();
    private final AtomicInteger added = new AtomicInteger();
    private final ThreadLocal<Slot> own = ThreadLocal.withInitial(this::add);
    private volatile int sweepAt = FEW;

    /** The slot of the calling thread. */
    public Slot get() {
        return own.get();
    }

    /** Visits every slot that existed when the visit began, and drops those of ended threads. */
    void each(Consumer<Slot> visitor) {
        for (var slots = all.iterator(); slots.hasNext(); ) {
            Slot slot = slots.next();
            if (slot.ended()) {
                slots.remove();
            } else {
                visitor.accept(slot);
            }
        }
    }

    int size() {
        return all.size();
    }

    private Slot add() {
        Slot slot = new Slot(Thread.currentThread());
        all.add(slot);
        // A container that starts a thread per request must not collect slots between two drains.
        if (added.incrementAndGet() >= sweepAt) {
            sweep();
        }
        return slot;
    }

    private synchronized void sweep() {
        if (added.get() >= sweepAt) {
            all.removeIf(Slot::ended);
            int left = all.size();
            added.set(left);
            sweepAt = Math.max(FEW, 2 * left);
        }
    }
}
