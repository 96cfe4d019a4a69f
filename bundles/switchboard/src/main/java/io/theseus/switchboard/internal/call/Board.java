// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import io.theseus.api.GenerationPurgedException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one reference that says which generation is current, and how a call enters it. */
public final class Board {
    final Slots slots = new Slots();
    volatile Generation current = new Generation(0);
    private volatile @Nullable Generation other;
    private final Supplier<Optional<String>> calling;

    /** Knows of no code what application it belongs to. */
    public Board() {
        this(Optional::empty);
    }

    /** @param calling the application whose code makes the call of this thread; asked when the call has waited at a gate for a while */
    public Board(Supplier<Optional<String>> calling) {
        this.calling = calling;
    }

    public Generation current() {
        return current;
    }

    public @Nullable Generation other() {
        return other;
    }

    public Slots slots() {
        return slots;
    }

    /** Makes the other generation, on the free side. */
    public Generation open() {
        if (other != null) {
            throw new IllegalStateException("another generation is alive already");
        }
        Generation opened = new Generation(1 - current.side());
        other = opened;
        return opened;
    }

    /** Exchanges current and other with one write that callers see. */
    void exchange() {
        Generation next = other;
        if (next == null) {
            throw new IllegalStateException("no other generation is alive");
        }
        Generation old = current;
        current = next;
        other = old;
    }

    /**
     * Purges the other generation: calls still in it find no targets from now on, and are interrupted.
     *
     * @return how many were
     */
    public int drop() {
        Generation gone = other;
        if (gone == null) {
            return 0;
        }
        gone.purge();
        AtomicInteger interrupted = new AtomicInteger();
        slots.each(slot -> {
            Pin pin = slot.seen();
            if (pin != null && pin.generation == gone && slot.purge(pin)) {
                interrupted.incrementAndGet();
            }
        });
        other = null;
        return interrupted.get();
    }

    /**
     * The slow way into a root call: the generation moved, or the gate is closed. Publishes a pin, or throws with none
     * published.
     */
    Pin enter(Slot slot, Application application) {
        return enter(slot, application, calling);
    }

    /** @param code as {@link #Board(Supplier)} has it; whose answer is empty is never let through */
    Pin enter(Slot slot, Application application, Supplier<Optional<String>> code) {
        while (true) {
            slot.exit();
            Suspension closed = application.gate;
            Suspension waited = closed == null || closed.admits(application) ? null : closed;
            if (waited != null && !waited.await(application, new Guest(slots, waited, code))) {
                continue;
            }
            Pin pin = application.pin(current);
            slot.publish(waited == null ? pin : pin.asGuest());
            // The gate first: one that is open again was opened after the switch.
            Suspension now = application.gate;
            boolean passes = now == null || (now == closed && (waited == null || waited.draining()));
            if (passes && current == pin.generation) {
                return pin;
            }
        }
    }

    /** Runs a task for an application in the generation of a side. */
    public <V> V carry(int side, Application application, Callable<V> task) throws Exception {
        Generation now = current;
        Generation generation = now.side() == side ? now : other;
        if (generation == null || generation.side() != side) {
            throw new IllegalStateException("no generation is alive on that side");
        }
        Pin running = slots.get().pin;
        return running != null && running.generation == generation
                ? task.call()
                : carry(application.pin(generation), task::call);
    }

    /**
     * Runs a task in a generation that is not necessarily the current one. A call the thread is in already is held
     * meanwhile, because its pin gives way.
     */
    <V, E extends Exception> V carry(Pin pin, Task<V, E> task) throws E {
        Slot slot = slots.get();
        Pin before = slot.pin;
        Hold kept = before == null ? null : new Hold(before, before);
        slot.publish(pin.carried());
        try {
            if (pin.generation.purged()) {
                throw new GenerationPurgedException(
                        pin.application.name(),
                        "the generation of application " + pin.application.name() + " was purged");
            }
            return task.run();
        } finally {
            restore(slot, before);
            if (kept != null) {
                kept.run();
            }
        }
    }

    static void restore(Slot slot, @Nullable Pin before) {
        if (before == null) {
            slot.exit();
        } else {
            slot.publish(before);
            slot.settle();
            if (before.generation.purged()) {
                slot.replace(before, before.nowhere());
            }
        }
    }
}
