// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that finds a gate closed, made by a thread that is in no call itself, and that one which is inside may wait for: an application has
 * handed a part of its work to a thread of its own, and does not end before that does. It would wait for the gate, and the gate for it.
 *
 * <p>So it may pass as long as calls are inside, if the code that makes it belongs to an application whose gate is closed too. Guests are no
 * reason for each other: those that are inside get fewer, and with the last of them it is quiet.
 *
 * <p>Thread safety: for the thread that waits.
 */
final class Guest {
    private final Slots slots;
    private final Suspension closed;
    private final Supplier<Optional<String>> code;
    private @Nullable String application;

    /** @param code the application whose code makes the call; empty if it must wait */
    Guest(Slots slots, Suspension closed, Supplier<Optional<String>> code) {
        this.slots = slots;
        this.closed = closed;
        this.code = code;
    }

    /** Looks whose code it is, which takes a while. */
    void lookWho() {
        application = code.get().orElse(null);
    }

    /** False until somebody has looked who it is. */
    boolean mayPass() {
        return application != null
                && closed.draining()
                && closed.closed(application).isPresent()
                && othersInside();
    }

    private boolean othersInside() {
        boolean[] found = new boolean[1];
        slots.each(slot -> {
            Pin pin = slot.seen();
            found[0] |= pin != null && !pin.guest && closed.counts(pin);
        });
        return found[0]
                || closed.closed().stream()
                        .flatMap(application -> application.pins().stream())
                        .filter(closed::counts)
                        .anyMatch(pin -> pin.holds.count() > 0);
    }
}
