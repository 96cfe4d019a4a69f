// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.stable;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V11;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Writes the class of a stable service: one method for each method of its interfaces. */
final class StableClassWriter {
    private static final Set<String> OWN =
            Set.of("equals(Ljava/lang/Object;)Z", "hashCode()I", "toString()Ljava/lang/String;", "finalize()V");

    private StableClassWriter() {}

    /** The bytes of a final class with the given superclass and one constructor that passes its argument on. */
    static byte[] write(String name, Class<?> superclass, Class<?> argument, List<Class<?>> interfaces) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String a, String b) {
                // Only references of the same type meet in our methods; nothing is to be loaded to find that out.
                return "java/lang/Object";
            }
        };
        String internal = name.replace('.', '/');
        String parent = Type.getInternalName(superclass);
        String[] implemented = interfaces.stream().map(Type::getInternalName).toArray(String[]::new);
        writer.visit(V11, ACC_PUBLIC | ACC_FINAL | ACC_SUPER, internal, null, parent, implemented);
        constructor(writer, parent, Type.getMethodDescriptor(Type.VOID_TYPE, Type.getType(argument)));
        Set<String> written = new HashSet<>(OWN);
        for (Class<?> type : interfaces) {
            for (Method method : type.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())
                        && written.add(method.getName() + Type.getMethodDescriptor(method))) {
                    new StableMethod(internal, type, method).write(writer);
                }
            }
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void constructor(ClassWriter writer, String parent, String descriptor) {
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "<init>", descriptor, null, null);
        code.visitCode();
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitMethodInsn(INVOKESPECIAL, parent, "<init>", descriptor, false);
        code.visitInsn(RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
