// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import java.lang.invoke.MethodType;

/** Which methods of a generated class are given the slot. */
public final class SlotArgument {
    /** Words of arguments that a method may have besides {@code this} (JVMS 4.3.3). */
    private static final int MOST = 254;

    private SlotArgument() {}

    /** Whether a method has room for one more argument. If not, it looks for the slot itself. */
    public static boolean fits(MethodType method) {
        return method.parameterList().stream()
                        .mapToInt(type -> type == long.class || type == double.class ? 2 : 1)
                        .sum()
                < MOST;
    }

    /** Whether a method is one of those that hold the slot: there is one of them on the stack for each call. */
    static boolean isHeldBy(MethodType method) {
        int last = method.parameterCount() - 1;
        return (last >= 0 && method.parameterType(last) == Slot.class) || !fits(method);
    }
}
