// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static io.theseus.switchboard.internal.call.Machine.Order.PLAIN;
import static io.theseus.switchboard.internal.call.Machine.Order.RELEASE;
import static io.theseus.switchboard.internal.call.Machine.Order.VOLATILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.switchboard.internal.call.Machine.Program;
import io.theseus.switchboard.internal.call.Machine.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A call answers asynchronously and ends; a thread goes on with the result, which leads to a second one, while the handler
 * waits for quiet: {@link StableObject#watch}, {@link Hold}, {@link Holds}, {@link Drain}. Counters are striped, as
 * LongAdder is: each thread has its cell.
 */
class HoldInterleavingTest {
    private static final int PIN = 0;
    private static final int FUTURE = 1;
    private static final int TAKEN = 2;
    private static final int RELEASED = 4;
    private static final int POSTS = 5;
    private static final int HANDED_OVER = 6;
    private static final int CELLS = 7;

    private enum Flaw {
        NONE,
        EXIT_BEFORE_HOLD,
        HOLDS_BEFORE_SLOTS,
        TAKEN_BEFORE_RELEASED,
        NEXT_HOLD_AFTER_RELEASE,
        RELEASE_COUNTED_EARLY
    }

    private static Program caller(Flaw flaw) {
        boolean early = flaw == Flaw.EXIT_BEFORE_HOLD;
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> cpu.go(early ? 3 : 1);
                case 1 -> {
                    cpu.add(TAKEN, 1);
                    cpu.go(2);
                }
                case 2 -> {
                    cpu.store(FUTURE, 1, VOLATILE);
                    cpu.go(early ? 4 : 3);
                }
                case 3 -> {
                    cpu.store(PIN, 0, RELEASE);
                    cpu.go(early ? 1 : 4);
                }
                default -> cpu.end();
            }
        };
    }

    private static Program task(Flaw flaw) {
        boolean late = flaw == Flaw.NEXT_HOLD_AFTER_RELEASE;
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> {
                    if (cpu.load(FUTURE) == 1) {
                        cpu.go(late ? 2 : 1);
                    } else {
                        cpu.block();
                    }
                }
                case 1 -> {
                    cpu.add(TAKEN + 1, 1);
                    cpu.go(late ? 3 : 2);
                }
                case 2 -> {
                    cpu.add(RELEASED, 1);
                    cpu.go(late ? 1 : 3);
                }
                case 3 -> {
                    cpu.store(POSTS, 1, PLAIN);
                    cpu.go(4);
                }
                default -> {
                    if (flaw == Flaw.RELEASE_COUNTED_EARLY) {
                        cpu.store(RELEASED, 2, PLAIN);
                    } else {
                        cpu.add(RELEASED, 1);
                    }
                    cpu.end();
                }
            }
        };
    }

    private static final int SLOTS = 1;
    private static final int GONE = 2;
    private static final int THERE = 3;
    private static final int DECIDE = 5;

    /** Where the handler looks, in order; whatever it finds, it begins anew. */
    private static int[] looks(Flaw flaw) {
        return switch (flaw) {
            case HOLDS_BEFORE_SLOTS -> new int[] {GONE, THERE, THERE + 1, SLOTS, DECIDE};
            case TAKEN_BEFORE_RELEASED -> new int[] {SLOTS, THERE, THERE + 1, GONE, DECIDE};
            default -> new int[] {SLOTS, GONE, THERE, THERE + 1, DECIDE};
        };
    }

    private static Program handler(Flaw flaw) {
        int[] looks = looks(flaw);
        return cpu -> {
            int pc = cpu.pc();
            if (pc < looks.length) {
                switch (looks[pc]) {
                    case SLOTS -> cpu.register(0, cpu.load(PIN));
                    case GONE -> cpu.register(1, cpu.load(RELEASED));
                    case THERE -> cpu.register(2, cpu.load(TAKEN));
                    case THERE + 1 -> cpu.register(2, cpu.register(2) + cpu.load(TAKEN + 1));
                    default -> {}
                }
                boolean busy = looks[pc] == DECIDE && (cpu.register(0) != 0 || cpu.register(2) - cpu.register(1) > 0);
                cpu.go(busy ? 0 : pc + 1);
            } else if (pc == looks.length) {
                cpu.register(3, cpu.load(POSTS));
                cpu.go(pc + 1);
            } else {
                cpu.store(HANDED_OVER, cpu.register(3), VOLATILE);
                cpu.end();
            }
        };
    }

    private static Result explore(Flaw flaw) {
        int[] memory = new int[CELLS];
        memory[PIN] = 1;
        return new Machine(CELLS, caller(flaw), task(flaw), handler(flaw))
                .explore(memory, end -> end[HANDED_OVER] == 1 ? "kept" : "!a post is lost");
    }

    @Test
    void whatAnAsynchronousResultDoesIsHandedOver() {
        Result result = explore(Flaw.NONE);

        assertThat(result.broken()).isEmpty();
        assertThat(result.ends()).containsExactly("kept");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void eachFlawLosesAPost(Flaw flaw) {
        assertThat(explore(flaw).broken()).isPresent();
    }
}
