// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Where one thread publishes its pin. Holds neither the thread nor any class of an application. */
public final class Slot extends SlotPadding {
    private static final VarHandle PIN;

    static {
        try {
            PIN = MethodHandles.lookup().findVarHandle(Slot.class, "pin", Pin.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * The pin of the root call that runs; null outside of calls. Read plainly by its own thread only. Public for the
     * generated classes, which clear it with a bare store when the stack is too full for a call of {@link #exit}.
     */
    public @Nullable Pin pin;

    /** No purge met the call. */
    private static final int NONE = 0;
    /** Its pin is gone, or going: if it ends now, it waits until it is known whether it was interrupted. */
    private static final int DECIDING = 1;
    /** Its thread was interrupted, in the call; what is left of that ends with the call. */
    private static final int INTERRUPTED = 2;

    /** A number: every call reads it when it ends, and references cost more with some collectors. */
    private volatile int purge = NONE;

    private final WeakReference<Thread> thread;

    Slot(Thread thread) {
        this.thread = new WeakReference<>(thread);
    }

    /** Publishes a pin. What the thread reads afterwards is not older than the publication (Dekker). */
    void publish(Pin next) {
        PIN.setVolatile(this, next);
    }

    /** Ends the root call: everything done in it is visible to whoever sees the pin gone. */
    public void exit() {
        PIN.setRelease(this, null);
        settle();
    }

    /** After the pin was taken back: keeps the interrupt of a purged call from what the thread does next. */
    void settle() {
        if (purge != NONE) {
            forget();
        }
    }

    private void forget() {
        while (purge == DECIDING) {
            Thread.onSpinWait();
        }
        if (purge == INTERRUPTED) {
            purge = NONE;
            // Clears it; that of somebody else in the same moment can not be told from it.
            var unused = Thread.interrupted();
        }
    }

    /**
     * Lets a call whose generation was purged find no targets any more, and interrupts its thread. By one thread at a time.
     *
     * @return whether the thread was interrupted: the call still ran, and is not the caller's own
     */
    boolean purge(Pin purged) {
        Pin nowhere = purged.nowhere();
        Thread running = thread();
        boolean delivered = false;
        purge = DECIDING;
        // Fails only if the call has ended or taken its pin back, and then nothing is left to do.
        if (replace(purged, nowhere) && running != null && running != Thread.currentThread()) {
            // The JVM stops the thread for that: if it was about to end the call, its store is seen now, or it is going
            // to see
            // DECIDING. That spares every exit a fence.
            var unused = running.getStackTrace();
            if (seen() == nowhere) {
                running.interrupt();
                delivered = true;
            }
        }
        purge = delivered ? INTERRUPTED : NONE;
        return delivered;
    }

    /** The pin as another thread sees it. */
    @Nullable
    Pin seen() {
        return (Pin) PIN.getVolatile(this);
    }

    boolean replace(Pin expected, Pin next) {
        return PIN.compareAndSet(this, expected, next);
    }

    boolean isOf(Thread caller) {
        return thread.refersTo(caller);
    }

    /** The thread; null when it is garbage. */
    @Nullable
    Thread thread() {
        return thread.get();
    }

    boolean ended() {
        Thread owner = thread.get();
        return owner == null || owner.getState() == Thread.State.TERMINATED;
    }
}
