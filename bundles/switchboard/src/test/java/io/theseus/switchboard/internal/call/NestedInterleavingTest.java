// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static io.theseus.switchboard.internal.call.Machine.Order.PLAIN;
import static io.theseus.switchboard.internal.call.Machine.Order.RELEASE;
import static io.theseus.switchboard.internal.call.Machine.Order.VOLATILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.switchboard.internal.call.Machine.Cpu;
import io.theseus.switchboard.internal.call.Machine.Program;
import io.theseus.switchboard.internal.call.Machine.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A call that runs in application A gets hold of a service of B and calls it, while B is suspended, handed over, switched and
 * resumed, and nobody had foreseen that A would: {@link StableObject#nested}, {@link Suspension#nested},
 * {@link Drain#awaitQuiet}. The call posts once or is refused, and no gate stays closed. A vetoed suspension is given up.
 */
class NestedInterleavingTest {
    private static final int SIDE = 0;
    private static final int GATE_A = 1;
    private static final int GATE_B = 2;
    private static final int PIN = 3;
    /** Whether A is among the users of B's service, for the framework. */
    private static final int USER = 4;

    private static final int STATE = 5;
    /** What B's stable object finds on each side. */
    private static final int TARGETS = 6;

    private static final int POSTS = 8;
    private static final int REFUSED = 10;
    private static final int VETOED_ONCE = 11;
    /** The monitor of the suspension. */
    private static final int MONITOR = 12;

    private static final int CELLS = 13;

    private static final int DRAINING = 0;
    private static final int QUIET = 1;
    private static final int VETOED = 2;
    private static final int SWITCHED = 3;
    private static final int OPEN = 4;

    private enum Flaw {
        NONE,
        USERS_BEFORE_CLOSING,
        GATE_CLOSES_LATE,
        QUIET_SEEN_LATE,
        NO_SECOND_SCAN,
        NO_LOOK_AFTER_CLOSING,
        NO_VETO,
        TARGETS_STAY,
        NO_LOOK_BEFORE_CLOSING,
        CLOSES_OUTSIDE_MONITOR,
        OPENS_OUTSIDE_MONITOR
    }

    private static Program caller(Flaw flaw) {
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> {
                    cpu.register(0, cpu.load(SIDE));
                    cpu.go(1);
                }
                case 1 -> {
                    cpu.store(PIN, 1 + cpu.register(0), VOLATILE);
                    cpu.go(2);
                }
                case 2 -> cpu.go(cpu.load(GATE_A) == 0 ? 3 : 20);
                case 3 -> cpu.go(cpu.load(SIDE) == cpu.register(0) ? 4 : 20);
                case 4 -> {
                    cpu.store(USER, 1, VOLATILE);
                    cpu.go(5);
                }
                case 5 -> cpu.go(cpu.load(GATE_B) == 0 ? 15 : 6);
                case 6 -> nested(cpu);
                case 7 -> cpu.go(cpu.load(GATE_A) == 1 ? 15 : 8);
                case 8 -> {
                    cpu.go(30);
                    if (flaw != Flaw.CLOSES_OUTSIDE_MONITOR) {
                        enter(cpu);
                    }
                }
                case 30 -> cpu.go(cpu.load(STATE) == OPEN && flaw != Flaw.NO_LOOK_BEFORE_CLOSING ? 32 : 31);
                case 31 -> {
                    cpu.store(GATE_A, 1, VOLATILE);
                    cpu.go(32);
                }
                case 32 -> {
                    if (flaw != Flaw.CLOSES_OUTSIDE_MONITOR) {
                        cpu.store(MONITOR, 0, RELEASE);
                    }
                    cpu.go(flaw == Flaw.NO_LOOK_AFTER_CLOSING ? 15 : 9);
                }
                case 9 -> cpu.go(cpu.load(STATE) == DRAINING ? 15 : 5);
                case 10 -> {
                    cpu.replace(STATE, QUIET, VETOED);
                    cpu.go(flaw == Flaw.NO_VETO ? 15 : 5);
                }
                case 11 -> cpu.go(cpu.load(SIDE) == cpu.register(0) ? 12 : 18);
                case 12 -> waitWhile(cpu, SWITCHED, 15);
                case 13 -> waitWhile(cpu, VETOED, 5);
                case 15 -> cpu.go(cpu.load(TARGETS + cpu.register(0)) == 1 ? 16 : 18);
                case 16 -> {
                    cpu.store(POSTS + cpu.register(0), 1, PLAIN);
                    cpu.go(17);
                }
                case 17 -> {
                    cpu.store(PIN, 0, RELEASE);
                    cpu.end();
                }
                case 18 -> {
                    cpu.store(REFUSED, 1, PLAIN);
                    cpu.go(17);
                }
                case 20 -> {
                    cpu.store(PIN, 0, RELEASE);
                    cpu.go(21);
                }
                default -> {
                    if (cpu.load(GATE_A) == 0) {
                        cpu.go(0);
                    } else {
                        cpu.block();
                    }
                }
            }
        };
    }

    private static void nested(Cpu cpu) {
        switch (cpu.load(STATE)) {
            case DRAINING -> cpu.go(7);
            case QUIET -> cpu.go(10);
            case VETOED -> cpu.go(13);
            case SWITCHED -> cpu.go(11);
            default -> cpu.go(15);
        }
    }

    private static void enter(Cpu cpu) {
        if (cpu.load(MONITOR) == 1) {
            cpu.block();
        } else {
            cpu.store(MONITOR, 1, VOLATILE);
        }
    }

    private static void waitWhile(Cpu cpu, int state, int then) {
        if (cpu.load(STATE) == state) {
            cpu.block();
        } else {
            cpu.go(then);
        }
    }

    private static Program handler(Flaw flaw) {
        boolean early = flaw == Flaw.USERS_BEFORE_CLOSING;
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> cpu.go(early ? 2 : 1);
                case 1 -> {
                    cpu.store(GATE_B, 1, flaw == Flaw.GATE_CLOSES_LATE ? RELEASE : VOLATILE);
                    cpu.go(early ? 4 : 2);
                }
                case 2 -> cpu.go(cpu.load(USER) == 1 ? 3 : early ? 1 : 4);
                case 3 -> {
                    cpu.store(GATE_A, 1, VOLATILE);
                    cpu.go(early ? 1 : 4);
                }
                case 4 -> cpu.go(cpu.load(PIN) == 0 ? 6 : 5);
                case 5 -> {
                    // The call may end and the gate close in between: then it is looked at again.
                    if (cpu.load(GATE_A) == 1 && cpu.load(PIN) != 0) {
                        cpu.block();
                    } else {
                        cpu.go(6);
                    }
                }
                case 6 -> {
                    cpu.store(STATE, QUIET, flaw == Flaw.QUIET_SEEN_LATE ? RELEASE : VOLATILE);
                    cpu.go(flaw == Flaw.NO_SECOND_SCAN ? 10 : 7);
                }
                case 7 -> cpu.go(cpu.load(PIN) == 0 ? 10 : 8);
                case 8 -> cpu.go(cpu.load(GATE_A) == 1 ? 9 : 10);
                case 9 -> {
                    cpu.store(STATE, DRAINING, VOLATILE);
                    cpu.go(4);
                }
                case 10 -> {
                    cpu.register(0, cpu.load(POSTS));
                    cpu.go(11);
                }
                case 11 -> {
                    cpu.store(POSTS + 1, cpu.register(0), PLAIN);
                    cpu.go(12);
                }
                case 12 -> {
                    cpu.replace(STATE, QUIET, SWITCHED);
                    cpu.go(13);
                }
                case 13 -> cpu.go(cpu.load(STATE) == SWITCHED ? 14 : 17);
                case 14 -> {
                    cpu.store(SIDE, 1, VOLATILE);
                    cpu.go(flaw == Flaw.TARGETS_STAY ? 16 : 15);
                }
                case 15 -> {
                    cpu.store(TARGETS, 0, VOLATILE);
                    cpu.go(16);
                }
                case 16 -> {
                    cpu.store(TARGETS + 1, 1, VOLATILE);
                    cpu.go(18);
                }
                case 17 -> {
                    cpu.store(VETOED_ONCE, 1, PLAIN);
                    cpu.go(18);
                }
                case 18 -> {
                    cpu.go(30);
                    if (flaw != Flaw.OPENS_OUTSIDE_MONITOR) {
                        enter(cpu);
                    }
                }
                case 30 -> {
                    cpu.store(STATE, OPEN, VOLATILE);
                    cpu.go(19);
                }
                case 19 -> {
                    cpu.store(GATE_A, 0, VOLATILE);
                    cpu.go(20);
                }
                case 20 -> {
                    cpu.store(GATE_B, 0, VOLATILE);
                    cpu.go(21);
                }
                default -> {
                    if (flaw != Flaw.OPENS_OUTSIDE_MONITOR) {
                        cpu.store(MONITOR, 0, RELEASE);
                    }
                    cpu.end();
                }
            }
        };
    }

    private static String verdict(int[] memory) {
        if (memory[GATE_A] != 0) {
            return "!a gate stays closed";
        }
        int had = memory[POSTS + memory[SIDE]];
        if (memory[REFUSED] == 1) {
            return had == 0 ? "refused" : "!refused, and had an effect";
        }
        return had == 0 ? "!a post is lost" : memory[VETOED_ONCE] == 1 ? "vetoed" : "served";
    }

    private static Result explore(Flaw flaw) {
        int[] memory = new int[CELLS];
        memory[TARGETS] = 1;
        return new Machine(CELLS, caller(flaw), handler(flaw)).explore(memory, NestedInterleavingTest::verdict);
    }

    @Test
    void aPostIsKeptOrRefused() {
        Result result = explore(Flaw.NONE);

        assertThat(result.broken()).isEmpty();
        assertThat(result.ends()).containsExactly("refused", "served", "vetoed");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void eachFlawIsNoticed(Flaw flaw) {
        assertThat(explore(flaw).broken()).isPresent();
    }
}
