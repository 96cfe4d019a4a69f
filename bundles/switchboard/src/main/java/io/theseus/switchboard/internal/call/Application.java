// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An application as calls see it: its name, its gate and its pins. Thread safety: safe for use by many threads. */
public final class Application {
    private final String name;

    /** The suspension that closed the gate; null while it is open, which is nearly always. */
    volatile @Nullable Suspension gate;

    volatile @Nullable Pin pin0;
    volatile @Nullable Pin pin1;

    public Application(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Whether new calls must wait. */
    public boolean closed() {
        return gate != null;
    }

    /** The pin for a generation; made once for each. */
    Pin pin(Generation generation) {
        Pin pin = generation.side() == 0 ? pin0 : pin1;
        return pin != null && pin.generation == generation ? pin : make(generation);
    }

    private synchronized Pin make(Generation generation) {
        Pin pin = generation.side() == 0 ? pin0 : pin1;
        if (pin != null && (pin.generation == generation || generation.purged())) {
            return pin.generation == generation ? pin : new Pin(this, generation);
        }
        Pin made = new Pin(this, generation);
        if (generation.side() == 0) {
            pin0 = made;
        } else {
            pin1 = made;
        }
        return made;
    }

    /** The pins that exist. */
    List<Pin> pins() {
        return Stream.of(new @Nullable Pin[] {pin0, pin1})
                .flatMap(Stream::ofNullable)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
