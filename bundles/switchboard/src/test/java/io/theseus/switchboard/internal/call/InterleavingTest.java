// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A model of entering, closing, draining and switching, one shared access a step, run through every interleaving. It
 * shows why the protocol of {@link StableObject#root}, {@link Suspension} and {@link Drain} is right - and, by leaving a
 * step out, that the model would notice.
 *
 * <p>Caller: read side; publish pin; read side and gate again; enter or take the pin back; leave. Handler: close the gate;
 * scan; hand the state over; switch; open; scan for old pins; purge.
 */
class InterleavingTest {
    private static final int CALLERS = 2;
    private static final int NONE = -1;

    /** What is left out to see the model fail. */
    private enum Flaw {
        NONE,
        NO_SECOND_LOOK,
        SCAN_BEFORE_CLOSE,
        NO_IDLE_SCAN
    }

    /** Everything shared and every program counter, as one array: side, gate, suspended, purged, handler; then caller by caller. */
    private record State(int[] v) {
        static final int SIDE = 0;
        static final int GATE = 1;
        static final int HANDING = 2;
        static final int PURGED = 3;
        static final int HANDLER = 4;

        State with(int... changes) {
            int[] copy = v.clone();
            for (int i = 0; i < changes.length; i += 2) {
                copy[changes[i]] = changes[i + 1];
            }
            return new State(copy);
        }

        static int pc(int caller) {
            return 5 + 3 * caller;
        }

        static int pin(int caller) {
            return 6 + 3 * caller;
        }

        static int read(int caller) {
            return 7 + 3 * caller;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State that && Arrays.equals(v, that.v);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(v);
        }
    }

    private static State start() {
        int[] v = new int[5 + 3 * CALLERS];
        for (int caller = 0; caller < CALLERS; caller++) {
            v[State.pin(caller)] = NONE;
            v[State.read(caller)] = NONE;
        }
        return new State(v);
    }

    private static void caller(State s, int c, Flaw flaw, Deque<State> next) {
        int pc = State.pc(c);
        int pin = State.pin(c);
        int read = State.read(c);
        switch (s.v[pc]) {
            case 0 -> next.add(s.with(read, s.v[State.SIDE], pc, 1));
            case 1 -> next.add(s.with(pin, s.v[read], pc, flaw == Flaw.NO_SECOND_LOOK ? 4 : 2));
            case 2 -> next.add(s.with(pc, s.v[State.SIDE] == s.v[read] ? 3 : 5));
            case 3 -> next.add(s.with(pc, s.v[State.GATE] == 0 ? 4 : 5));
            case 4 -> next.add(s.with(pin, NONE, pc, 6));
            case 5 -> next.add(s.with(pin, NONE, pc, 7));
            case 7 -> {
                if (s.v[State.GATE] == 0) {
                    next.add(s.with(pc, 0));
                }
            }
            default -> {}
        }
    }

    private static boolean pinned(State s, int side) {
        for (int c = 0; c < CALLERS; c++) {
            int pin = s.v[State.pin(c)];
            if (pin != NONE && (side == NONE || pin == side)) {
                return true;
            }
        }
        return false;
    }

    private static void handler(State s, Flaw flaw, Deque<State> next) {
        int at = State.HANDLER;
        boolean early = flaw == Flaw.SCAN_BEFORE_CLOSE;
        switch (s.v[at]) {
            case 0 -> {
                if (early && !pinned(s, NONE)) {
                    next.add(s.with(at, 1));
                } else if (!early) {
                    next.add(s.with(State.GATE, 1, at, 1));
                }
            }
            case 1 -> {
                if (early) {
                    next.add(s.with(State.GATE, 1, at, 2));
                } else if (!pinned(s, NONE)) {
                    next.add(s.with(at, 2));
                }
            }
            case 2 -> next.add(s.with(State.HANDING, 1, at, 3));
            case 3 -> next.add(s.with(State.SIDE, 1, at, 4));
            case 4 -> next.add(s.with(State.HANDING, 0, at, 5));
            case 5 -> next.add(s.with(State.GATE, 0, at, 6));
            case 6 -> {
                if (flaw == Flaw.NO_IDLE_SCAN || !pinned(s, 0)) {
                    next.add(s.with(State.PURGED, 1, at, 7));
                }
            }
            default -> {}
        }
    }

    /** A switch of stateless applications: no gate is closed. */
    private static void ungated(State s, Flaw flaw, Deque<State> next) {
        int at = State.HANDLER;
        switch (s.v[at]) {
            case 0 -> next.add(s.with(State.SIDE, 1, at, 6));
            case 6 -> handler(s, flaw, next);
            default -> {}
        }
    }

    private static boolean broken(State s) {
        for (int c = 0; c < CALLERS; c++) {
            boolean inside = s.v[State.pc(c)] == 4;
            boolean whileHandingOver = inside && s.v[State.HANDING] == 1;
            boolean inPurgedCode = inside && s.v[State.pin(c)] == 0 && s.v[State.PURGED] == 1;
            if (whileHandingOver || inPurgedCode) {
                return true;
            }
        }
        return false;
    }

    private static boolean breaks(Flaw flaw, boolean gated) {
        Set<State> known = new HashSet<>();
        Deque<State> open = new ArrayDeque<>();
        open.add(start());
        boolean finished = false;
        while (!open.isEmpty()) {
            State s = open.poll();
            if (!known.add(s)) {
                continue;
            }
            if (broken(s)) {
                return true;
            }
            finished |= s.v[State.PURGED] == 1 && s.v[State.pc(0)] == 6 && s.v[State.pc(1)] == 6;
            for (int c = 0; c < CALLERS; c++) {
                caller(s, c, flaw, open);
            }
            if (gated) {
                handler(s, flaw, open);
            } else {
                ungated(s, flaw, open);
            }
        }
        assertThat(finished).isTrue();
        return false;
    }

    @Test
    void noInterleavingEntersBetweenTwoStatesOrAfterAPurge() {
        assertThat(breaks(Flaw.NONE, true)).isFalse();
        assertThat(breaks(Flaw.NONE, false)).isFalse();
    }

    @Test
    void withoutTheSecondLookACallSlipsIn() {
        assertThat(breaks(Flaw.NO_SECOND_LOOK, true)).isTrue();
        assertThat(breaks(Flaw.NO_SECOND_LOOK, false)).isTrue();
    }

    @Test
    void scanningBeforeClosingLetsACallSlipIn() {
        assertThat(breaks(Flaw.SCAN_BEFORE_CLOSE, true)).isTrue();
    }

    @Test
    void purgingWithoutLookingMeetsACall() {
        assertThat(breaks(Flaw.NO_IDLE_SCAN, false)).isTrue();
    }
}
