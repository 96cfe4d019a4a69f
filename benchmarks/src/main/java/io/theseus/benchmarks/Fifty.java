// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** An interface of fifty methods, of which {@link Price} has the first, and a class that implements it. Both are made here. */
final class Fifty {
    private static final String PRICE = Type.getInternalName(Price.class);
    private static final String INTERFACE = PRICE + "WithFortyNineMore";
    private static final String CLASS = INTERFACE + "Class";
    private static final int MORE = 49;
    private static final String LONG_TO_LONG = "(J)J";

    private final Class<? extends Price> type;
    private final Price target;

    private Fifty(Class<? extends Price> type, Price target) {
        this.type = type;
        this.target = target;
    }

    static Fifty make() {
        try {
            Loader loader = new Loader(Map.of(INTERFACE + ".class", interfaceFile(), CLASS + ".class", classFile()));
            Class<?> type = loader.loadClass(INTERFACE.replace('/', '.'));
            Object target = loader.loadClass(CLASS.replace('/', '.'))
                    .getDeclaredConstructor()
                    .newInstance();
            return new Fifty(type.asSubclass(Price.class), (Price) target);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    Class<? extends Price> type() {
        return type;
    }

    Price target() {
        return target;
    }

    private static byte[] interfaceFile() {
        ClassWriter writer = new ClassWriter(0);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
        writer.visit(Opcodes.V17, access, INTERFACE, null, "java/lang/Object", new String[] {PRICE});
        for (int i = 0; i < MORE; i++) {
            writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "of" + i, LONG_TO_LONG, null, null);
        }
        return writer.toByteArray();
    }

    private static byte[] classFile() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, CLASS, null, "java/lang/Object", new String[] {INTERFACE});
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        multiply(writer, "of", 3);
        for (int i = 0; i < MORE; i++) {
            multiply(writer, "of" + i, i + 4);
        }
        return writer.toByteArray();
    }

    private static void multiply(ClassWriter writer, String name, long factor) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, name, LONG_TO_LONG, null, null);
        method.visitVarInsn(Opcodes.LLOAD, 1);
        method.visitLdcInsn(factor);
        method.visitInsn(Opcodes.LMUL);
        method.visitInsn(Opcodes.LRETURN);
        method.visitMaxs(0, 0);
    }

    /** Has the class files too: Aries reads that of an interface it makes a proxy for. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> files;

        Loader(Map<String, byte[]> files) {
            super(Fifty.class.getClassLoader());
            this.files = files;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] file = files.get(name.replace('.', '/') + ".class");
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, file, 0, file.length);
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            byte[] file = files.get(name);
            return file == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(file);
        }
    }
}
