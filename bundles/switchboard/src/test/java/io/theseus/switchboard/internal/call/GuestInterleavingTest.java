// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static io.theseus.switchboard.internal.call.Machine.Order.PLAIN;
import static io.theseus.switchboard.internal.call.Machine.Order.RELEASE;
import static io.theseus.switchboard.internal.call.Machine.Order.VOLATILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.switchboard.internal.call.Machine.Program;
import io.theseus.switchboard.internal.call.Machine.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A call that is inside ends by itself or when a guest has done its part; the guest finds the gate closed, and the drain goes on:
 * {@link Board#enter}, {@link Guest}, {@link Drain#awaitQuiet}. What the guest posts is there when the state is handed over, or it is posted after
 * the gate has been opened; nobody waits for ever.
 */
class GuestInterleavingTest {
    private static final int STATE = 0;
    private static final int OTHER = 1;
    private static final int GUEST = 2;
    /** What the old generation knows, and what the new one. */
    private static final int POSTS = 3;

    private static final int SIDE = 5;
    private static final int ANSWERED = 6;
    private static final int CELLS = 7;

    private static final int DRAINING = 0;
    private static final int QUIET = 1;
    private static final int OPEN = 2;

    private enum Flaw {
        NONE,
        PUBLISHES_LATE,
        LOOKS_BEFORE_IT_PUBLISHES,
        NO_SECOND_SCAN,
        QUIET_SEEN_LATE,
        NEVER_PASSES
    }

    /** Has handed work to the guest, and may wait for it. */
    private static Program other(boolean waits) {
        return cpu -> {
            if (waits && cpu.load(ANSWERED) == 0) {
                cpu.block();
            } else {
                cpu.store(OTHER, 0, RELEASE);
                cpu.end();
            }
        };
    }

    private static Program guest(Flaw flaw) {
        return cpu -> {
            switch (cpu.pc()) {
                // Waits at the gate.
                case 0 -> {
                    int state = cpu.load(STATE);
                    if (state == OPEN) {
                        cpu.go(1);
                    } else if (state == DRAINING && flaw != Flaw.NEVER_PASSES && cpu.load(OTHER) == 1) {
                        cpu.go(1);
                    } else {
                        cpu.block();
                    }
                }
                case 1 -> {
                    cpu.register(0, cpu.load(SIDE));
                    cpu.go(flaw == Flaw.LOOKS_BEFORE_IT_PUBLISHES ? 3 : 2);
                }
                case 2 -> {
                    cpu.store(GUEST, 1, flaw == Flaw.PUBLISHES_LATE ? RELEASE : VOLATILE);
                    cpu.go(flaw == Flaw.LOOKS_BEFORE_IT_PUBLISHES ? 5 : 3);
                }
                case 3 -> cpu.go(cpu.load(STATE) == QUIET ? 7 : 4);
                case 4 -> {
                    if (cpu.load(SIDE) != cpu.register(0)) {
                        cpu.go(7);
                    } else {
                        cpu.go(flaw == Flaw.LOOKS_BEFORE_IT_PUBLISHES ? 2 : 5);
                    }
                }
                case 5 -> {
                    cpu.store(POSTS + cpu.register(0), 1, PLAIN);
                    cpu.go(6);
                }
                case 6 -> {
                    cpu.store(GUEST, 0, RELEASE);
                    cpu.go(8);
                }
                case 7 -> {
                    cpu.store(GUEST, 0, RELEASE);
                    cpu.go(0);
                }
                default -> {
                    cpu.store(ANSWERED, 1, RELEASE);
                    cpu.end();
                }
            }
        };
    }

    private static Program handler(Flaw flaw) {
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> inside(cpu, 1);
                case 1 -> guestInside(cpu, 2);
                case 2 -> {
                    cpu.store(STATE, QUIET, flaw == Flaw.QUIET_SEEN_LATE ? RELEASE : VOLATILE);
                    cpu.go(flaw == Flaw.NO_SECOND_SCAN ? 5 : 3);
                }
                case 3 -> cpu.go(cpu.load(OTHER) == 1 || cpu.load(GUEST) == 1 ? 4 : 5);
                case 4 -> {
                    cpu.store(STATE, DRAINING, VOLATILE);
                    cpu.go(0);
                }
                case 5 -> {
                    cpu.register(0, cpu.load(POSTS));
                    cpu.go(6);
                }
                case 6 -> {
                    cpu.store(POSTS + 1, cpu.register(0), PLAIN);
                    cpu.go(7);
                }
                case 7 -> {
                    cpu.store(SIDE, 1, VOLATILE);
                    cpu.go(8);
                }
                default -> {
                    cpu.store(STATE, OPEN, VOLATILE);
                    cpu.end();
                }
            }
        };
    }

    private static void inside(Machine.Cpu cpu, int then) {
        if (cpu.load(OTHER) == 1) {
            cpu.block();
        } else {
            cpu.go(then);
        }
    }

    private static void guestInside(Machine.Cpu cpu, int then) {
        if (cpu.load(GUEST) == 1) {
            cpu.block();
        } else {
            cpu.go(then);
        }
    }

    private static Result explore(Flaw flaw, boolean waits) {
        int[] memory = new int[CELLS];
        memory[OTHER] = 1;
        return new Machine(CELLS, other(waits), guest(flaw), handler(flaw))
                .explore(memory, end -> end[POSTS + end[SIDE]] == 0 ? "!a post is lost" : "kept");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPostIsKeptAndNobodyWaitsForEver(boolean waits) {
        Result result = explore(Flaw.NONE, waits);

        assertThat(result.broken()).isEmpty();
        assertThat(result.ends()).containsExactly("kept");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void eachFlawIsNoticed(Flaw flaw) {
        assertThat(explore(flaw, flaw == Flaw.NEVER_PASSES).broken()).isPresent();
    }
}
