// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import io.theseus.benchmarks.fleet.api.Part;
import java.util.Arrays;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Replaces the text that stands for the version, and lets a part implement the interface of its application. */
final class WithVersion extends ClassVisitor {
    private static final String VERSION = "@version@";
    private static final String PART = Part.class.getName().replace('.', '/');

    private final String version;
    private final String ownInterface;

    /** @param ownInterface internal name of what is implemented in place of {@link Part}, and is one */
    WithVersion(ClassVisitor next, String version, String ownInterface) {
        super(Opcodes.ASM9, next);
        this.version = version;
        this.ownInterface = ownInterface;
    }

    static byte[] of(byte[] classFile, String version, String ownInterface) {
        ClassWriter out = new ClassWriter(0);
        new ClassReader(classFile).accept(new WithVersion(out, version, ownInterface), 0);
        return out.toByteArray();
    }

    @Override
    public void visit(int format, int access, String name, String signature, String superName, String[] interfaces) {
        String[] own = Arrays.stream(interfaces)
                .map(each -> each.equals(PART) ? ownInterface : each)
                .toArray(String[]::new);
        super.visit(
                format, access, name, signature == null ? null : signature.replace(PART, ownInterface), superName, own);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitLdcInsn(Object value) {
                super.visitLdcInsn(value instanceof String text ? text.replace(VERSION, version) : value);
            }
        };
    }
}
