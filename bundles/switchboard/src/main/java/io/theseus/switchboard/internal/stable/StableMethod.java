// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.stable;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_VARARGS;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.IFNONNULL;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.PUTFIELD;

import io.theseus.switchboard.internal.call.Pin;
import io.theseus.switchboard.internal.call.Slot;
import io.theseus.switchboard.internal.call.SlotArgument;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** One method of a generated class, which is two; what they look like in Java stands at {@code StableObject}. */
final class StableMethod {
    private static final String SLOT = Type.getInternalName(Slot.class);
    private static final String SLOT_TYPE = Type.getDescriptor(Slot.class);
    private static final String PIN_TYPE = Type.getDescriptor(Pin.class);
    private static final String OBJECT = "Ljava/lang/Object;";

    private final String self;
    private final Class<?> owner;
    private final Method method;
    private final Type[] arguments;
    private final Type result;
    private final Kind kind;
    private final int slot;
    private final int value;

    /**
     * A method to write.
     *
     * @param owner the interface through which it is called; the declaring one may not be accessible
     */
    StableMethod(String self, Class<?> owner, Method method) {
        this.self = self;
        this.owner = owner;
        this.method = method;
        this.arguments = Type.getArgumentTypes(method);
        this.result = Type.getReturnType(method);
        this.kind = Kind.of(method);
        int next = 1;
        for (Type argument : arguments) {
            next += argument.getSize();
        }
        this.slot = next;
        this.value = next + 1;
    }

    void write(ClassWriter writer) {
        MethodVisitor code = visit(writer);
        if (SlotArgument.fits(MethodType.methodType(method.getReturnType(), method.getParameterTypes()))) {
            entry(code);
            body(writer.visitMethod(ACC_PRIVATE | ACC_FINAL, method.getName(), inner(), null, null));
        } else {
            own(code, "slot", "()" + SLOT_TYPE, () -> {});
            code.visitVarInsn(ASTORE, slot);
            body(code);
        }
    }

    private MethodVisitor visit(ClassWriter writer) {
        int varargs = method.isVarArgs() ? ACC_VARARGS : 0;
        MethodVisitor code = writer.visitMethod(
                ACC_PUBLIC | ACC_FINAL | varargs, method.getName(), Type.getMethodDescriptor(method), null, null);
        code.visitCode();
        return code;
    }

    /** Finds the slot of the thread. */
    private void entry(MethodVisitor code) {
        Label far = new Label();
        own(code, "near", "()" + SLOT_TYPE, () -> {});
        code.visitVarInsn(ASTORE, slot);
        code.visitVarInsn(ALOAD, slot);
        code.visitJumpInsn(IFNULL, far);
        enter(code, () -> code.visitVarInsn(ALOAD, slot));
        code.visitLabel(far);
        enter(code, () -> own(code, "far", "()" + SLOT_TYPE, () -> {}));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void enter(MethodVisitor code, Runnable pushSlot) {
        own(code, method.getName(), inner(), () -> {
            pushArguments(code);
            pushSlot.run();
        });
        code.visitInsn(result.getOpcode(IRETURN));
    }

    /** The descriptor of the method that is given the slot: no interface can have the same. */
    private String inner() {
        Type[] types = Arrays.copyOf(arguments, arguments.length + 1);
        types[arguments.length] = Type.getType(Slot.class);
        return Type.getMethodDescriptor(result, types);
    }

    /** A root call and a nested one have nothing in common but the slot, and each is compiled as if the other one were not there. */
    private void body(MethodVisitor code) {
        Label nested = new Label();
        Label root = new Label();
        Label failed = new Label();
        Label bare = new Label();
        code.visitTryCatchBlock(root, failed, failed, null);
        code.visitTryCatchBlock(failed, bare, bare, null);
        code.visitVarInsn(ALOAD, slot);
        code.visitFieldInsn(GETFIELD, SLOT, "pin", PIN_TYPE);
        code.visitJumpInsn(IFNONNULL, nested);

        code.visitLabel(root);
        call(code, this::root);
        exit(code);
        code.visitInsn(result.getOpcode(IRETURN));

        // A failure: of the target, of entering, or a stack overflow in exit itself.
        code.visitLabel(failed);
        code.visitVarInsn(ASTORE, value);
        exit(code);
        code.visitVarInsn(ALOAD, value);
        code.visitInsn(ATHROW);

        // No room on the stack even for exit: a bare store needs none.
        code.visitLabel(bare);
        code.visitVarInsn(ASTORE, value);
        code.visitVarInsn(ALOAD, slot);
        code.visitInsn(ACONST_NULL);
        code.visitFieldInsn(PUTFIELD, SLOT, "pin", PIN_TYPE);
        code.visitVarInsn(ALOAD, value);
        code.visitInsn(ATHROW);

        code.visitLabel(nested);
        call(code, this::nested);
        code.visitInsn(result.getOpcode(IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void pushArguments(MethodVisitor code) {
        int local = 1;
        for (Type argument : arguments) {
            code.visitVarInsn(argument.getOpcode(ILOAD), local);
            local += argument.getSize();
        }
    }

    private void call(MethodVisitor code, Consumer<MethodVisitor> target) {
        if (kind != Kind.END) {
            target.accept(code);
        }
        invoke(code);
    }

    private void root(MethodVisitor code) {
        if (kind == Kind.REQUEST) {
            own(code, "root", "(" + SLOT_TYPE + OBJECT + ")" + OBJECT, () -> {
                code.visitVarInsn(ALOAD, slot);
                code.visitVarInsn(ALOAD, 1);
            });
        } else {
            own(code, "root", "(" + SLOT_TYPE + ")" + OBJECT, () -> code.visitVarInsn(ALOAD, slot));
        }
    }

    private void nested(MethodVisitor code) {
        own(code, "nested", "(" + SLOT_TYPE + ")" + OBJECT, () -> code.visitVarInsn(ALOAD, slot));
    }

    private void invoke(MethodVisitor code) {
        switch (kind) {
            case BEGIN -> {
                code.visitVarInsn(ASTORE, value);
                own(code, "begin", "(" + SLOT_TYPE + OBJECT + OBJECT + ")V", () -> {
                    code.visitVarInsn(ALOAD, slot);
                    code.visitVarInsn(ALOAD, value);
                    code.visitVarInsn(ALOAD, 1);
                });
            }
            case END ->
                own(code, "end", "(" + SLOT_TYPE + OBJECT + ")V", () -> {
                    code.visitVarInsn(ALOAD, slot);
                    if (arguments.length == 0) {
                        code.visitInsn(ACONST_NULL);
                    } else {
                        code.visitVarInsn(ALOAD, 1);
                    }
                });
            case ASYNC -> {
                pass(code);
                code.visitVarInsn(ASTORE, value);
                own(code, "watch", "(" + SLOT_TYPE + OBJECT + ")V", () -> {
                    code.visitVarInsn(ALOAD, slot);
                    code.visitVarInsn(ALOAD, value);
                });
                code.visitVarInsn(ALOAD, value);
            }
            case REQUEST -> {
                pass(code);
                own(code, "after", "(" + SLOT_TYPE + OBJECT + ")V", () -> {
                    code.visitVarInsn(ALOAD, slot);
                    code.visitVarInsn(ALOAD, 1);
                });
            }
            case PLAIN -> pass(code);
        }
    }

    /** Calls the target. To the verifier any object will do where an interface is asked for (JVMS 4.10.1.2). */
    private void pass(MethodVisitor code) {
        pushArguments(code);
        code.visitMethodInsn(
                INVOKEINTERFACE, Type.getInternalName(owner), method.getName(), Type.getMethodDescriptor(method), true);
    }

    private void exit(MethodVisitor code) {
        code.visitVarInsn(ALOAD, slot);
        code.visitMethodInsn(INVOKEVIRTUAL, SLOT, "exit", "()V", false);
    }

    private void own(MethodVisitor code, String name, String descriptor, Runnable pushArguments) {
        code.visitVarInsn(ALOAD, 0);
        pushArguments.run();
        code.visitMethodInsn(INVOKEVIRTUAL, self, name, descriptor, false);
    }
}
