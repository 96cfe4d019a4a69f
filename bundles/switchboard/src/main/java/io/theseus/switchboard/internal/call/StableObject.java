// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import io.theseus.api.GenerationPurgedException;
import io.theseus.api.ServiceSuspendedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What consumers hold: the superclass of every generated class. A generated method is
 *
 * <pre>{@code
 * public T method(arguments) {
 *     Slot slot = near();
 *     return slot != null ? method(arguments, slot) : method(arguments, far());
 * }
 *
 * private T method(arguments, Slot slot) {
 *     if (slot.pin != null) {
 *         return ((I) nested(slot)).method(arguments);   // the cast is not needed in bytecode
 *     }
 *     try {
 *         return ((I) root(slot)).method(arguments);
 *     } finally {
 *         slot.exit();
 *     }
 * }
 * }</pre>
 *
 * <p>It is two methods so that the compiler makes one straight piece of the first way, which all calls of a thread but a few take: where both ways
 * meet again it forgets what it knows, and a call takes two thirds longer. For the same reason the target is called in two places. A method that has no
 * room for one more argument is one, which asks {@code slot()}.
 *
 * <p>Every method here has a type of this package in its descriptor, so that no interface can declare the same one.
 */
public abstract class StableObject {
    private final Slots slots;
    /** That of the slots; here because that is one load less. */
    private final @Nullable Slot[] near;

    private final Board board;
    private final Application application;
    private final Wiring wiring;
    private volatile @Nullable Object target0;
    private volatile @Nullable Object target1;

    protected StableObject(Wiring wiring) {
        this.wiring = wiring;
        this.board = wiring.board();
        this.slots = board.slots;
        this.near = slots.near;
        this.application = wiring.application();
    }

    /** Sets the target of a side of a stable object. Static: no interface method can clash with it. */
    public static void target(StableObject stable, int side, @Nullable Object target) {
        if (side == 0) {
            stable.target0 = target;
        } else {
            stable.target1 = target;
        }
    }

    /** The target of a side of a stable object, if it was obtained. */
    public static @Nullable Object target(StableObject stable, int side) {
        return side == 0 ? stable.target0 : stable.target1;
    }

    protected final Slot slot() {
        return slots.get();
    }

    protected final @Nullable Slot near() {
        return Slots.among(near);
    }

    protected final Slot far() {
        return slots.far();
    }

    /** Enters a root call: publishes a pin, looks once more, and answers the target. */
    protected final Object root(Slot slot) {
        Generation generation = board.current;
        Pin pin = generation.side() == 0 ? application.pin0 : application.pin1;
        if (pin == null) {
            return slowly(slot);
        }
        slot.publish(pin);
        // The gate first: one that is open again was opened after the switch, so the look at the generation sees it.
        if (application.gate != null || board.current != pin.generation) {
            return slowly(slot);
        }
        Object target = pin.side == 0 ? target0 : target1;
        return target != null ? target : lonely(slot);
    }

    /** Enters a nested call: follows the pin of the thread. */
    protected final Object nested(Slot slot) {
        Pin pin = slot.pin;
        if (pin == null || application.gate != null) {
            return gated(slot);
        }
        Object target = pin.side == 0 ? target0 : pin.side == 1 ? target1 : null;
        return target != null ? target : missing(slot);
    }

    /** Enters a root call that may be the re-dispatch of an asynchronous request. */
    protected final Object root(Slot slot, Object request) {
        Pin left = wiring.backing().redispatched(request);
        if (left == null) {
            return root(slot);
        }
        Pin pin = left.carried();
        slot.publish(pin);
        if (pin.generation.purged()) {
            slot.replace(pin, pin.nowhere());
        }
        Object target = target(this, pin.side);
        return target != null ? target : missing(slot);
    }

    /** Keeps the generation until an asynchronous result is complete. */
    protected final void watch(Slot slot, @Nullable Object result) {
        if (left(slot)) {
            return;
        }
        if (result instanceof CompletableFuture<?> future && future.isDone()) {
            return;
        }
        if (result instanceof CompletionStage<?> stage) {
            Hold hold = hold(slot);
            try {
                var unused = stage.whenComplete((value, failure) -> hold.run());
            } catch (RuntimeException e) {
                hold.run();
            }
        } else if (result != null) {
            Promises.watch(result, () -> hold(slot));
        }
    }

    /** Keeps the generation until an asynchronous request is complete. */
    protected final void after(Slot slot, Object request) {
        if (!left(slot)) {
            wiring.backing().after(request, () -> hold(slot));
        }
    }

    /** Whether the call that ends is in no generation any more: it went on after a safe point had failed. */
    private static boolean left(Slot slot) {
        return slot.pin == null;
    }

    protected final void begin(Slot slot, Object target, Object argument) throws Exception {
        wiring.backing().begin(target, argument);
    }

    protected final void end(Slot slot, @Nullable Object argument) throws Exception {
        wiring.backing().end(argument);
    }

    private Hold hold(Slot slot) {
        Pin pin = slot.pin;
        if (pin == null) {
            throw new IllegalStateException("no call runs");
        }
        return new Hold(pin, pin.side == Pin.NOWHERE ? pin : application.pin(pin.generation));
    }

    private Object slowly(Slot slot) {
        Pin pin = board.enter(slot, application);
        Object target = target(this, pin.side);
        return target != null ? target : lonely(slot);
    }

    /**
     * A root call whose target is not obtained yet, or whose application is in the other generation only: a thread that a new
     * application started before the switch calls another new one. Nothing was called so far, so the call may run there.
     */
    private Object lonely(Slot slot) {
        while (true) {
            Pin pin = slot.seen();
            Generation other = board.other();
            if (pin == null || pin.side == Pin.NOWHERE || other == null) {
                return missing(slot);
            }
            if (other == pin.generation) {
                // There was a switch meanwhile.
                board.enter(slot, application);
                continue;
            }
            Object here = wiring.backing().obtain(pin.side);
            if (here != null) {
                return here;
            }
            Object there =
                    wiring.backing().alone(other.side()) ? wiring.backing().obtain(other.side()) : null;
            if (there == null) {
                return missing(slot);
            }
            Pin next = application.pin(other);
            slot.publish(next);
            // As everywhere: published first, then looked whether it still holds.
            if (other.purged()) {
                slot.replace(next, next.nowhere());
                return missing(slot);
            }
            Suspension closed = application.gate;
            if (closed == null || closed.admits(application)) {
                return there;
            }
            board.enter(slot, application);
        }
    }

    private Object gated(Slot slot) {
        Pin pin = slot.pin;
        Suspension closed = application.gate;
        if (pin != null && closed != null) {
            closed.nested(pin, application);
        }
        Pin now = slot.pin;
        Object target = now == null || now.side == Pin.NOWHERE ? null : target(this, now.side);
        return target != null ? target : missing(slot);
    }

    private Object missing(Slot slot) {
        Pin pin = slot.seen();
        if (pin == null || pin.side == Pin.NOWHERE || pin.generation.purged()) {
            throw new GenerationPurgedException(
                    application.name(),
                    "the call outlived its generation, which was purged; application " + application.name()
                            + " can not be called from it");
        }
        String stateless =
                board.current == pin.generation ? null : wiring.backing().stateless(pin.side);
        if (stateless != null) {
            throw new ServiceSuspendedException(
                    application.name(), "application " + application.name() + " " + stateless);
        }
        Object target = wiring.backing().obtain(pin.side);
        if (target == null) {
            throw new ServiceSuspendedException(
                    application.name(),
                    "application " + application.name() + " offers no " + wiring.name()
                            + " in the generation of the call");
        }
        return target;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public final String toString() {
        return "stable service " + wiring.name() + " of application " + application.name();
    }
}
