// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Threads that share a memory, run through every interleaving of their steps; a step is at most one access to the memory.
 * Each thread has a store buffer, so that a store may be seen late: a plain one also after others that come behind it, a
 * releasing one never before what came in front of it. A volatile store waits until the buffer is empty and is seen at once,
 * as an atomic change is. Loads are not moved: in the product they are all volatile, or of the thread's own slot.
 */
final class Machine {
    private static final int REGISTERS = 4;
    private static final int BUFFER = 4;
    private static final int PC = 0;
    private static final int COUNT = 1 + REGISTERS;
    private static final int STORES = COUNT + 1;
    private static final int THREAD = STORES + 3 * BUFFER;
    private static final int ENDED = 99;

    private final int cells;
    private final Program[] programs;

    Machine(int cells, Program... programs) {
        this.cells = cells;
        this.programs = programs;
    }

    /** How soon a store is seen. */
    enum Order {
        PLAIN,
        RELEASE,
        VOLATILE
    }

    /** What a thread does at a point of its program. */
    interface Program {
        void step(Cpu cpu);
    }

    /** Whether an end is right: what it is called, or why it is wrong, beginning with an exclamation mark. */
    interface Verdict {
        String of(int[] memory);
    }

    /** What was found. */
    record Result(Optional<String> broken, Set<String> ends, int states) {}

    private record State(int[] v) {
        @Override
        public boolean equals(Object other) {
            return other instanceof State that && Arrays.equals(v, that.v);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(v);
        }
    }

    /** A thread, for the time of one step. */
    final class Cpu {
        private final int[] v;
        private final int at;
        private boolean blocked;
        private Optional<String> broken = Optional.empty();

        private Cpu(int[] v, int thread) {
            this.v = v;
            this.at = cells + thread * THREAD;
        }

        int pc() {
            return v[at + PC];
        }

        void go(int pc) {
            v[at + PC] = pc;
        }

        void end() {
            go(ENDED);
        }

        /** The step can not be done now. */
        void block() {
            blocked = true;
        }

        void fail(String why) {
            broken = Optional.of(why);
        }

        int register(int number) {
            return v[at + 1 + number];
        }

        void register(int number, int value) {
            v[at + 1 + number] = value;
        }

        int load(int cell) {
            for (int i = v[at + COUNT] - 1; i >= 0; i--) {
                if (v[at + STORES + 3 * i] == cell) {
                    return v[at + STORES + 3 * i + 1];
                }
            }
            return v[cell];
        }

        void store(int cell, int value, Order order) {
            int count = v[at + COUNT];
            if (order == Order.VOLATILE) {
                if (count > 0) {
                    block();
                } else {
                    v[cell] = value;
                }
                return;
            }
            int entry = at + STORES + 3 * count;
            v[entry] = cell;
            v[entry + 1] = value;
            v[entry + 2] = order.ordinal();
            v[at + COUNT] = count + 1;
        }

        /** Compares and sets, or waits for the buffer like every atomic change. */
        void replace(int cell, int expected, int value) {
            store(cell, v[cell] == expected ? value : v[cell], Order.VOLATILE);
        }

        /** Stops another thread, so that what it has stored is seen; it goes on at once. */
        void stop(int thread) {
            if (v[cells + thread * THREAD + COUNT] > 0) {
                block();
            }
        }

        void add(int cell, int value) {
            store(cell, v[cell] + value, Order.VOLATILE);
        }
    }

    Result explore(int[] initial, Verdict verdict) {
        Set<State> known = new HashSet<>();
        Set<String> ends = new TreeSet<>();
        Deque<State> open = new ArrayDeque<>();
        open.add(new State(Arrays.copyOf(initial, cells + programs.length * THREAD)));
        while (!open.isEmpty()) {
            State state = open.poll();
            if (!known.add(state)) {
                continue;
            }
            int before = open.size();
            for (int thread = 0; thread < programs.length; thread++) {
                Optional<String> broken = step(state, thread, open);
                if (broken.isPresent()) {
                    return new Result(broken, ends, known.size());
                }
                commit(state, thread, open);
            }
            if (open.size() == before) {
                String end = ended(state) ? verdict.of(state.v) : "!nobody can go on";
                ends.add(end);
                if (end.startsWith("!")) {
                    return new Result(Optional.of(end), ends, known.size());
                }
            }
        }
        return new Result(Optional.empty(), ends, known.size());
    }

    private Optional<String> step(State state, int thread, Deque<State> open) {
        int[] copy = state.v.clone();
        Cpu cpu = new Cpu(copy, thread);
        if (cpu.pc() != ENDED) {
            programs[thread].step(cpu);
            if (!cpu.blocked) {
                open.add(new State(copy));
            }
        }
        return cpu.broken;
    }

    private void commit(State state, int thread, Deque<State> open) {
        int at = cells + thread * THREAD;
        int count = state.v[at + COUNT];
        for (int i = 0; i < count; i++) {
            int entry = at + STORES + 3 * i;
            if (i > 0 && (state.v[entry + 2] == Order.RELEASE.ordinal() || sameBefore(state, at, i))) {
                continue;
            }
            int[] copy = state.v.clone();
            copy[copy[entry]] = copy[entry + 1];
            int last = at + STORES + 3 * count;
            System.arraycopy(copy, entry + 3, copy, entry, last - entry - 3);
            Arrays.fill(copy, last - 3, last, 0);
            copy[at + COUNT] = count - 1;
            open.add(new State(copy));
        }
    }

    private static boolean sameBefore(State state, int at, int index) {
        for (int i = 0; i < index; i++) {
            if (state.v[at + STORES + 3 * i] == state.v[at + STORES + 3 * index]) {
                return true;
            }
        }
        return false;
    }

    private boolean ended(State state) {
        for (int thread = 0; thread < programs.length; thread++) {
            if (state.v[cells + thread * THREAD + PC] != ENDED) {
                return false;
            }
        }
        return true;
    }
}
