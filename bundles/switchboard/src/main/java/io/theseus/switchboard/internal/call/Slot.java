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
    }

    /** The pin as another thread sees it. */
    @Nullable
    Pin seen() {
        return (Pin) PIN.getVolatile(this);
    }

    boolean replace(Pin expected, Pin next) {
        return PIN.compareAndSet(this, expected, next);
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
