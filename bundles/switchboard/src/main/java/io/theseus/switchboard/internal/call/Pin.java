// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

/** What a thread publishes while a root call runs: the application it entered and the generation it runs in. */
public final class Pin {
    /** The side of a pin whose generation was purged: no target is found on it. */
    static final int NOWHERE = 2;

    final Application application;
    final Generation generation;
    final Holds holds;

    /** The side whose targets are called; copied here to spare the hot path a step. */
    final int side;

    /** Whether a wrapped task or a re-dispatch brought it: the call is the second half of another, which was in this generation. */
    final boolean carried;

    /** Whether the call passed a closed gate for the sake of one that was inside; it is no reason for another one to pass. */
    final boolean guest;

    Pin(Application application, Generation generation) {
        this(application, generation, generation.side(), new Holds(), false, false);
    }

    private Pin(Application application, Generation generation, int side, Holds holds, boolean carried, boolean guest) {
        this.application = application;
        this.generation = generation;
        this.side = side;
        this.holds = holds;
        this.carried = carried;
        this.guest = guest;
    }

    /** The pin that takes the place of this one in the slots of calls that outlived a brutal purge. */
    Pin nowhere() {
        return new Pin(application, generation, NOWHERE, new Holds(), carried, guest);
    }

    /** The pin of a call that must stay in this generation: no safe point takes it out. */
    Pin carried() {
        return carried ? this : new Pin(application, generation, side, holds, true, guest);
    }

    /** The pin of a call that passes a closed gate. */
    Pin asGuest() {
        return new Pin(application, generation, side, holds, carried, true);
    }

    public int side() {
        return side;
    }

    public Generation generation() {
        return generation;
    }
}
