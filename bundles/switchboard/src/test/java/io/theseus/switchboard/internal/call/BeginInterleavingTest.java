// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

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
 * A servlet of the other side is obtained while the container begins the life of the stable one: {@code make} and {@code begin} of
 * {@code StableInstance}. When both have ended, its life has begun, and nobody who finds it before finds it not begun.
 */
class BeginInterleavingTest {
    private static final int ARGUMENT = 0;
    private static final int READY = 1;
    private static final int BEGUN = 2;
    private static final int MONITOR = 3;
    private static final int CELLS = 4;

    private enum Flaw {
        NONE,
        NO_MONITOR,
        READY_BEFORE_BEGUN
    }

    private static Program maker(Flaw flaw) {
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> enter(cpu, flaw);
                case 1 -> cpu.go(cpu.load(ARGUMENT) == 0 ? 2 : 4);
                case 2 -> {
                    cpu.store(READY, 1, VOLATILE);
                    cpu.go(3);
                }
                case 3 -> {
                    leave(cpu, flaw);
                    cpu.end();
                }
                case 4 -> {
                    leave(cpu, flaw);
                    cpu.go(flaw == Flaw.READY_BEFORE_BEGUN ? 6 : 5);
                }
                case 5 -> {
                    cpu.store(BEGUN, 1, VOLATILE);
                    cpu.go(6);
                }
                case 6 -> {
                    cpu.store(READY, 1, VOLATILE);
                    cpu.go(7);
                }
                default -> {
                    cpu.replace(BEGUN, 0, 1);
                    cpu.end();
                }
            }
        };
    }

    private static Program container(Flaw flaw) {
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> enter(cpu, flaw);
                case 1 -> {
                    cpu.store(ARGUMENT, 1, VOLATILE);
                    cpu.go(2);
                }
                case 2 -> {
                    leave(cpu, flaw);
                    cpu.go(3);
                }
                case 3 -> cpu.go(cpu.load(READY) == 1 ? 4 : 5);
                case 4 -> {
                    // Whoever comes second finds that it is not its turn.
                    cpu.replace(BEGUN, 0, 1);
                    cpu.go(5);
                }
                case 5 -> {
                    // Now requests may come.
                    cpu.register(0, cpu.load(READY));
                    cpu.go(6);
                }
                default -> {
                    if (cpu.register(0) == 1 && cpu.load(BEGUN) == 0) {
                        cpu.fail("a request finds it not begun");
                    }
                    cpu.end();
                }
            }
        };
    }

    private static void enter(Cpu cpu, Flaw flaw) {
        cpu.go(1);
        if (flaw == Flaw.NO_MONITOR) {
            return;
        }
        if (cpu.load(MONITOR) == 1) {
            cpu.block();
        } else {
            cpu.store(MONITOR, 1, VOLATILE);
        }
    }

    private static void leave(Cpu cpu, Flaw flaw) {
        if (flaw != Flaw.NO_MONITOR) {
            cpu.store(MONITOR, 0, RELEASE);
        }
    }

    private static Result explore(Flaw flaw) {
        return new Machine(CELLS, maker(flaw), container(flaw))
                .explore(new int[CELLS], memory -> memory[BEGUN] == 1 ? "begun" : "!never begun");
    }

    @Test
    void itsLifeBegins() {
        Result result = explore(Flaw.NONE);

        assertThat(result.broken()).isEmpty();
        assertThat(result.ends()).containsExactly("begun");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void eachFlawIsNoticed(Flaw flaw) {
        assertThat(explore(flaw).broken()).isPresent();
    }
}
