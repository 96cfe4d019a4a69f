// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_INTERFACE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.V11;

import io.theseus.switchboard.internal.stable.StableClass;
import java.lang.StackWalker.Option;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;

/** Methods with as many arguments as there may be, and with nearly as many: one that is given the slot as well, and one that has no room for it. */
class WholeMethodTest {
    private final Board board = new Board();

    @Test
    void theLastArgumentsArriveAndTheCallHasOneFrameThatHoldsItsSlot() throws Exception {
        assertThat(frames("J".repeat(127))).as("254 words").isEqualTo(1);
        assertThat(frames("J".repeat(126) + "I")).as("253 words").isEqualTo(1);
        assertThat(frames("J".repeat(126))).as("252 words").isEqualTo(1);
        assertThat(frames("")).as("none").isEqualTo(1);
    }

    /** The frames on the stack of a call that {@link SlotArgument#isHeldBy} finds. */
    private long frames(String arguments) throws Exception {
        Class<?> type = new Made().define(arguments);
        Object[] sent = Stream.iterate(1L, n -> n + 1)
                .limit(arguments.length())
                .map(n -> arguments.charAt((int) (n - 1)) == 'J' ? (Object) n : (Object) n.intValue())
                .toArray();
        Object target = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, got) -> {
            assertThat(got == null ? new Object[0] : got).containsExactly(sent);
            return StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
                    .walk(frames -> frames.filter(f -> f.getDeclaringClass().getSuperclass() == StableObject.class
                                    && SlotArgument.isHeldBy(f.getMethodType()))
                            .count());
        });
        StableObject stable = StableClass.define(List.of(type)).create(Standalone.wiring(board, "app", target));
        Method method = type.getMethods()[0];
        method.invoke(stable, sent);

        // Once more: now the slot of the thread is where it is looked for first.
        long counted = (Long) method.invoke(stable, sent);

        assertThat(board.slots().get().pin).isNull();
        return counted;
    }

    private static final class Made extends ClassLoader {
        Made() {
            super(Made.class.getClassLoader());
        }

        /** A public interface of one method with arguments of these types and a {@code long} result. */
        Class<?> define(String arguments) {
            ClassWriter writer = new ClassWriter(0);
            writer.visit(V11, ACC_PUBLIC | ACC_ABSTRACT | ACC_INTERFACE, "made/Many", null, "java/lang/Object", null);
            writer.visitMethod(ACC_PUBLIC | ACC_ABSTRACT, "all", "(" + arguments + ")J", null, null)
                    .visitEnd();
            writer.visitEnd();
            byte[] bytes = writer.toByteArray();
            return defineClass("made.Many", bytes, 0, bytes.length);
        }
    }
}
