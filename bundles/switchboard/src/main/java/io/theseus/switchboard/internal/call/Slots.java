// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The slots of all threads that ever made a call, minus those of threads that have ended. */
public final class Slots {
    private static final int FEW = 64;
    private static final int NEAR = 1024;

    private final Queue<Slot> all = new ConcurrentLinkedQueue<>();
    private final AtomicInteger added = new AtomicInteger();
    private final ThreadLocal<Slot> own = ThreadLocal.withInitial(this::add);
    /**
     * The slots of some threads, by the number of the thread: a few loads less than a thread-local. Written by any thread, each with its own slot,
     * where none is; read plainly, since a slot counts for the thread it names only, and that one has made it.
     */
    final @Nullable Slot[] near = new Slot[NEAR];

    private volatile int sweepAt = FEW;

    /** The slot of the calling thread. */
    public Slot get() {
        Slot slot = among(near);
        return slot != null ? slot : far();
    }

    /** The slot of the calling thread, if it is where it is looked for first. */
    static @Nullable Slot among(@Nullable Slot[] near) {
        Thread caller = Thread.currentThread();
        Slot slot = near[place(caller)];
        return slot != null && slot.isOf(caller) ? slot : null;
    }

    /** The slot of the calling thread, which is put where it is looked for first if nobody's is there. */
    Slot far() {
        Slot slot = own.get();
        int place = place(Thread.currentThread());
        if (near[place] == null) {
            near[place] = slot;
        }
        return slot;
    }

    private static int place(Thread thread) {
        return (int) thread.getId() & (NEAR - 1);
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
            for (int place = 0; place < NEAR; place++) {
                Slot slot = near[place];
                if (slot != null && slot.ended()) {
                    near[place] = null;
                }
            }
            int left = all.size();
            added.set(left);
            sweepAt = Math.max(FEW, 2 * left);
        }
    }
}
