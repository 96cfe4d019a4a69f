// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static io.theseus.switchboard.internal.call.Machine.Order.PLAIN;
import static io.theseus.switchboard.internal.call.Machine.Order.RELEASE;
import static io.theseus.switchboard.internal.call.Machine.Order.VOLATILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.switchboard.internal.call.Machine.Cpu;
import io.theseus.switchboard.internal.call.Machine.Order;
import io.theseus.switchboard.internal.call.Machine.Program;
import io.theseus.switchboard.internal.call.Machine.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Root calls against a suspension with a handover, and against a switch without one: {@link StableObject#root},
 * {@link Board#enter}, {@link Suspension}, {@link Drain}. Every call posts once; a post is lost if the side that is current in
 * the end does not have it. Each flaw leaves out or weakens one thing the argument of decision 7 needs, and is noticed.
 */
class InterleavingTest {
    private static final int CALLERS = 2;
    private static final int SIDE = 0;
    private static final int GATE = 1;
    private static final int GONE = 2;
    private static final int PIN = 3;
    private static final int POSTS = PIN + CALLERS;
    private static final int CELLS = POSTS + 2 * CALLERS;

    private enum Flaw {
        NONE,
        PUBLISH_LATE,
        GATE_CLOSES_LATE,
        NO_LOOK_AT_THE_GATE,
        NO_LOOK_AT_THE_SIDE,
        LOOK_AT_THE_SIDE_FIRST,
        SCAN_BEFORE_CLOSING,
        EXIT_EARLY,
        OPEN_BEFORE_SWITCH
    }

    private enum UngatedFlaw {
        NONE,
        PUBLISH_LATE,
        SIDE_SEEN_LATE,
        NO_LOOK_AT_THE_SIDE,
        NO_SCAN
    }

    /** @param looks what is looked at again once the pin is published, in order: the gate, the side */
    private static Program caller(int c, Order publish, Order exit, String looks) {
        int pin = PIN + c;
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> {
                    cpu.register(0, cpu.load(SIDE));
                    cpu.go(1);
                }
                case 1 -> {
                    cpu.store(pin, 1 + cpu.register(0), publish);
                    cpu.go(2);
                }
                case 2, 3 -> {
                    boolean side = looks.charAt(cpu.pc() - 2) == 's';
                    boolean same = side ? cpu.load(SIDE) == cpu.register(0) : cpu.load(GATE) == 0;
                    cpu.go(!same ? 7 : cpu.pc() - 1 == looks.length() ? 4 : 3);
                }
                case 4 -> {
                    if (cpu.register(0) == 0 && cpu.load(GONE) == 1) {
                        cpu.fail("a call runs in purged code");
                    }
                    cpu.go(5);
                }
                case 5 -> {
                    cpu.store(POSTS + 2 * c + cpu.register(0), 1, PLAIN);
                    cpu.go(6);
                }
                case 6 -> {
                    cpu.store(pin, 0, exit);
                    cpu.end();
                }
                case 7 -> {
                    cpu.store(pin, 0, RELEASE);
                    cpu.go(8);
                }
                default -> {
                    if (cpu.load(GATE) == 0) {
                        cpu.go(0);
                    } else {
                        cpu.block();
                    }
                }
            }
        };
    }

    /** Waits until no pin is seen; of one side, if told so. */
    private static void scan(Cpu cpu, int first, int then, int side) {
        int pin = cpu.load(PIN + cpu.pc() - first);
        if (pin != 0 && (side < 0 || pin == 1 + side)) {
            cpu.block();
        } else {
            cpu.go(cpu.pc() - first == CALLERS - 1 ? then : cpu.pc() + 1);
        }
    }

    private static Program handler(Flaw flaw) {
        boolean early = flaw == Flaw.SCAN_BEFORE_CLOSING;
        boolean hasty = flaw == Flaw.OPEN_BEFORE_SWITCH;
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> cpu.go(early ? 2 : 1);
                case 1 -> {
                    cpu.store(GATE, 1, flaw == Flaw.GATE_CLOSES_LATE ? RELEASE : VOLATILE);
                    cpu.go(early ? 4 : 2);
                }
                case 2, 3 -> scan(cpu, 2, early ? 1 : 4, -1);
                case 4, 5 -> {
                    int posts = POSTS + 2 * (cpu.pc() - 4);
                    cpu.register(0, cpu.load(posts));
                    cpu.go(cpu.pc() + 10);
                }
                case 14, 15 -> {
                    cpu.store(POSTS + 2 * (cpu.pc() - 14) + 1, cpu.register(0), PLAIN);
                    cpu.go(cpu.pc() == 14 ? 5 : 6);
                }
                case 6 -> {
                    cpu.store(hasty ? GATE : SIDE, hasty ? 0 : 1, VOLATILE);
                    cpu.go(7);
                }
                case 7 -> {
                    cpu.store(hasty ? SIDE : GATE, hasty ? 1 : 0, VOLATILE);
                    cpu.go(8);
                }
                case 8, 9 -> scan(cpu, 8, 10, 0);
                default -> {
                    cpu.store(GONE, 1, VOLATILE);
                    cpu.end();
                }
            }
        };
    }

    private static Program switcher(UngatedFlaw flaw) {
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> {
                    cpu.store(SIDE, 1, flaw == UngatedFlaw.SIDE_SEEN_LATE ? RELEASE : VOLATILE);
                    cpu.go(flaw == UngatedFlaw.NO_SCAN ? 3 : 1);
                }
                case 1, 2 -> scan(cpu, 1, 3, 0);
                default -> {
                    cpu.store(GONE, 1, VOLATILE);
                    cpu.end();
                }
            }
        };
    }

    private static Result gated(Flaw flaw) {
        Program[] callers = new Program[CALLERS];
        for (int c = 0; c < CALLERS; c++) {
            callers[c] = caller(
                    c,
                    flaw == Flaw.PUBLISH_LATE ? RELEASE : VOLATILE,
                    flaw == Flaw.EXIT_EARLY ? PLAIN : RELEASE,
                    switch (flaw) {
                        case NO_LOOK_AT_THE_SIDE -> "g";
                        case NO_LOOK_AT_THE_GATE -> "s";
                        case LOOK_AT_THE_SIDE_FIRST -> "sg";
                        default -> "gs";
                    });
        }
        return new Machine(CELLS, callers[0], callers[1], handler(flaw))
                .explore(
                        new int[CELLS],
                        memory -> memory[POSTS + 1] == 1 && memory[POSTS + 3] == 1
                                ? "all posts kept"
                                : "!a post is lost");
    }

    private static Result ungated(UngatedFlaw flaw) {
        Program[] callers = new Program[CALLERS];
        for (int c = 0; c < CALLERS; c++) {
            callers[c] = caller(
                    c,
                    flaw == UngatedFlaw.PUBLISH_LATE ? RELEASE : VOLATILE,
                    RELEASE,
                    flaw == UngatedFlaw.NO_LOOK_AT_THE_SIDE ? "g" : "gs");
        }
        return new Machine(CELLS, callers[0], callers[1], switcher(flaw)).explore(new int[CELLS], memory -> "done");
    }

    @Test
    void noPostIsLostInAHandover() {
        Result result = gated(Flaw.NONE);

        assertThat(result.broken()).isEmpty();
        assertThat(result.ends()).containsExactly("all posts kept");
        assertThat(result.states()).isGreaterThan(1000);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void eachFlawLosesAPost(Flaw flaw) {
        assertThat(gated(flaw).broken()).isPresent();
    }

    @Test
    void noCallRunsInPurgedCode() {
        Result result = ungated(UngatedFlaw.NONE);

        assertThat(result.broken()).isEmpty();
        assertThat(result.ends()).containsExactly("done");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void eachFlawRunsPurgedCode(UngatedFlaw flaw) {
        assertThat(ungated(flaw).broken()).isPresent();
    }
}
