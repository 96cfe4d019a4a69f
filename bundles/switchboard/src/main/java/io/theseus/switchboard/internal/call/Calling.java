// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import io.theseus.api.Calls;
import java.lang.StackWalker.Option;
import java.lang.ref.Cleaner;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries pins to other threads, and long loops to the current generation. Thread safety: safe for use by many threads. */
public final class Calling implements Calls {
    private final Board board;
    private final Cleaner cleaner = Cleaner.create();

    public Calling(Board board) {
        this.board = board;
    }

    @Override
    public Runnable wrap(Runnable task) {
        Carried carried = carried();
        return carried == null
                ? task
                : () -> carried.run(() -> {
                    task.run();
                    return Boolean.TRUE;
                });
    }

    @Override
    public <V> Callable<V> wrap(Callable<V> task) {
        Carried carried = carried();
        return carried == null ? task : () -> carried.run(task::call);
    }

    @Override
    public <V> Supplier<V> wrap(Supplier<V> task) {
        Carried carried = carried();
        return carried == null ? task : () -> carried.run(task::get);
    }

    @Override
    public Executor wrap(Executor executor) {
        return task -> executor.execute(wrap(task));
    }

    @Override
    public void safePoint() {
        Slot slot = board.slots().get();
        Pin pin = slot.pin;
        if (pin == null || pin.carried || pin.side == Pin.NOWHERE) {
            return;
        }
        boolean moved = board.current != pin.generation || pin.application.gate != null;
        if (moved && depth() == 1) {
            // If it fails the call is in no generation: back to the old one would be past a drain that has seen it
            // leave.
            // Others inside may wait for a guest, so it may go on; anybody else waits here until they are gone.
            if (pin.guest) {
                board.enter(slot, pin.application);
            } else {
                board.enter(slot, pin.application, Optional::empty);
            }
        }
    }

    /** The number of stable objects on the stack. Nested calls leave no other trace; that is what makes them cheap. */
    private static long depth() {
        return StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(f -> f.getDeclaringClass().getSuperclass() == StableObject.class
                                && SlotArgument.isHeldBy(f.getMethodType()))
                        .limit(2)
                        .count());
    }

    private @Nullable Carried carried() {
        Pin pin = board.slots().get().pin;
        if (pin == null || pin.side == Pin.NOWHERE) {
            return null;
        }
        Hold hold = new Hold(pin, pin);
        Carried carried = new Carried(board, hold);
        // A task that is never run lets go when it is garbage; the hold must not refer to it.
        cleaner.register(carried, hold);
        return carried;
    }

    /** The generation of one wrapped task. Its first run is in that generation; a later one is a root call of its own. */
    private static final class Carried {
        private final Board board;
        private final Hold hold;
        private final AtomicBoolean ran = new AtomicBoolean();

        Carried(Board board, Hold hold) {
            this.board = board;
            this.hold = hold;
        }

        <V, E extends Exception> V run(Task<V, E> task) throws E {
            if (!ran.compareAndSet(false, true)) {
                return task.run();
            }
            try {
                return board.carry(hold.pin(), task);
            } finally {
                hold.run();
            }
        }
    }
}
