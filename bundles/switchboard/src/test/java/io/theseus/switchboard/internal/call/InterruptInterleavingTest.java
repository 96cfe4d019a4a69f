// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static io.theseus.switchboard.internal.call.Machine.Order.RELEASE;
import static io.theseus.switchboard.internal.call.Machine.Order.VOLATILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.switchboard.internal.call.Machine.Program;
import io.theseus.switchboard.internal.call.Machine.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A call ends while its generation is purged, and its thread does something else: {@link Slot#exit}, {@link Slot#purge}. What
 * comes after the call is never interrupted.
 */
class InterruptInterleavingTest {
    private static final int PIN = 0;
    private static final int PURGE = 1;
    /** The interrupt status of the thread. */
    private static final int STATUS = 2;

    private static final int COUNTED = 3;
    private static final int CELLS = 4;

    private static final int NOWHERE = 2;
    private static final int DECIDING = 1;
    private static final int INTERRUPTED = 2;

    private enum Flaw {
        NONE,
        NO_LOOK_AT_THE_END,
        LOOK_BEFORE_THE_END,
        NO_WAITING,
        NO_CLEARING,
        NOT_STOPPED,
        NO_SECOND_LOOK,
        DECIDING_LATE
    }

    private static Program call(Flaw flaw) {
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> {
                    cpu.register(0, cpu.load(PURGE));
                    cpu.go(1);
                }
                case 1 -> {
                    cpu.store(PIN, 0, RELEASE);
                    cpu.go(flaw == Flaw.NO_LOOK_AT_THE_END ? 5 : flaw == Flaw.LOOK_BEFORE_THE_END ? 3 : 2);
                }
                case 2 -> {
                    cpu.register(0, cpu.load(PURGE));
                    cpu.go(3);
                }
                case 3 -> {
                    int purge = cpu.register(0);
                    boolean wait = purge == DECIDING && flaw != Flaw.NO_WAITING;
                    cpu.go(wait ? 2 : purge == INTERRUPTED && flaw != Flaw.NO_CLEARING ? 4 : 5);
                }
                case 4 -> {
                    cpu.store(STATUS, 0, VOLATILE);
                    cpu.go(5);
                }
                case 5, 6 -> {
                    // What comes after the call.
                    if (cpu.load(STATUS) == 1) {
                        cpu.fail("something else is interrupted");
                    }
                    cpu.go(cpu.pc() + 1);
                }
                default -> cpu.end();
            }
        };
    }

    private static Program handler(Flaw flaw) {
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> cpu.go(flaw == Flaw.DECIDING_LATE ? 2 : 1);
                case 1 -> {
                    cpu.store(PURGE, DECIDING, VOLATILE);
                    cpu.go(flaw == Flaw.DECIDING_LATE ? 4 : 2);
                }
                case 2 -> {
                    cpu.register(0, cpu.load(PIN) == 1 ? 1 : 0);
                    cpu.replace(PIN, 1, NOWHERE);
                    cpu.go(3);
                }
                case 3 -> {
                    if (cpu.register(0) == 0) {
                        cpu.go(7);
                    } else if (flaw == Flaw.NOT_STOPPED) {
                        cpu.go(4);
                    } else {
                        cpu.stop(0);
                        cpu.go(flaw == Flaw.DECIDING_LATE ? 1 : 4);
                    }
                }
                case 4 -> {
                    boolean runs = cpu.load(PIN) == NOWHERE || flaw == Flaw.NO_SECOND_LOOK;
                    cpu.go(runs ? 5 : 7);
                }
                case 5 -> {
                    cpu.store(STATUS, 1, VOLATILE);
                    cpu.go(6);
                }
                case 6 -> {
                    cpu.store(COUNTED, 1, VOLATILE);
                    cpu.go(8);
                }
                case 7 -> {
                    cpu.store(PURGE, 0, VOLATILE);
                    cpu.end();
                }
                default -> {
                    cpu.store(PURGE, INTERRUPTED, VOLATILE);
                    cpu.end();
                }
            }
        };
    }

    private static Result explore(Flaw flaw) {
        int[] memory = new int[CELLS];
        memory[PIN] = 1;
        return new Machine(CELLS, call(flaw), handler(flaw))
                .explore(memory, end -> end[COUNTED] == 1 ? "interrupted" : "ended before");
    }

    @Test
    void onlyTheCallIsInterrupted() {
        Result result = explore(Flaw.NONE);

        assertThat(result.broken()).isEmpty();
        assertThat(result.ends()).containsExactly("ended before", "interrupted");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void eachFlawIsNoticed(Flaw flaw) {
        assertThat(explore(flaw).broken()).isPresent();
    }
}
