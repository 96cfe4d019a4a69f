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
 * A wrapped task, a re-dispatch or a newcomer's call enters a generation that is not the current one, while that is purged:
 * {@link Board#carry}, {@link Board#drop}, {@link StableObject#nested}. After the purge no nested call may begin in it.
 */
class PurgeInterleavingTest {
    private static final int PURGED = 0;
    private static final int PIN = 1;
    private static final int DONE = 2;
    private static final int CELLS = 3;
    private static final int NOWHERE = 2;

    private enum Flaw {
        NONE,
        PUBLISH_LATE,
        PURGED_SEEN_LATE,
        NO_LOOK_AFTER_PUBLISHING,
        SCAN_BEFORE_PURGE,
        NO_SCAN
    }

    private static Program task(Flaw flaw) {
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> {
                    cpu.store(PIN, 1, flaw == Flaw.PUBLISH_LATE ? RELEASE : VOLATILE);
                    cpu.go(flaw == Flaw.NO_LOOK_AFTER_PUBLISHING ? 3 : 1);
                }
                case 1 -> cpu.go(cpu.load(PURGED) == 1 ? 2 : 3);
                case 2 -> {
                    cpu.replace(PIN, 1, NOWHERE);
                    cpu.go(3);
                }
                case 3, 5 -> {
                    cpu.register(0, cpu.load(DONE));
                    cpu.go(cpu.pc() + 1);
                }
                case 4, 6 -> {
                    if (cpu.register(0) == 1 && cpu.load(PIN) == 1) {
                        cpu.fail("a nested call begins in a purged generation");
                    }
                    cpu.go(cpu.pc() + 1);
                }
                default -> {
                    cpu.store(PIN, 0, RELEASE);
                    cpu.end();
                }
            }
        };
    }

    private static Program handler(Flaw flaw) {
        boolean early = flaw == Flaw.SCAN_BEFORE_PURGE;
        return cpu -> {
            switch (cpu.pc()) {
                case 0 -> cpu.go(early ? 2 : 1);
                case 1 -> {
                    cpu.store(PURGED, 1, flaw == Flaw.PURGED_SEEN_LATE ? RELEASE : VOLATILE);
                    cpu.go(early || flaw == Flaw.NO_SCAN ? 4 : 2);
                }
                case 2 -> cpu.go(cpu.load(PIN) == 1 ? 3 : early ? 1 : 4);
                case 3 -> {
                    cpu.replace(PIN, 1, NOWHERE);
                    cpu.go(early ? 1 : 4);
                }
                default -> {
                    cpu.store(DONE, 1, RELEASE);
                    cpu.end();
                }
            }
        };
    }

    private static Result explore(Flaw flaw) {
        return new Machine(CELLS, task(flaw), handler(flaw))
                .explore(new int[CELLS], memory -> memory[PIN] == 0 ? "done" : "!a pin is left");
    }

    @Test
    void noNestedCallBeginsAfterAPurge() {
        Result result = explore(Flaw.NONE);

        assertThat(result.broken()).isEmpty();
        assertThat(result.ends()).containsExactly("done");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void eachFlawIsNoticed(Flaw flaw) {
        assertThat(explore(flaw).broken()).isPresent();
    }
}
