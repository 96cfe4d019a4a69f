// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.check;

import io.theseus.relup.HighLevel;
import io.theseus.relup.Instruction;
import java.util.Locale;

/** Names of instructions as files have them: those of their types. */
public final class Words {
    private Words() {}

    public static String name(Instruction instruction) {
        return name(instruction.getClass());
    }

    public static String name(HighLevel instruction) {
        return instruction instanceof HighLevel.LowLevel low ? name(low.instruction()) : name(instruction.getClass());
    }

    static String name(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
