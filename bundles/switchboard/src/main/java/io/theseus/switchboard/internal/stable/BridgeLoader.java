// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.stable;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Defines the classes of one stable service and sees what they need: ours from our own loader, everything else from the
 * loaders of the interfaces. Never from the application's bundle, unless an interface lives there.
 */
final class BridgeLoader extends ClassLoader {
    private static final String OURS = "io.theseus.switchboard.internal.";
    private static final String BESIDE = OURS + "web.";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader own;
    private final Set<ClassLoader> interfaces = new LinkedHashSet<>();

    BridgeLoader(List<Class<?>> types) {
        super(ClassLoader.getPlatformClassLoader());
        ClassLoader loader = BridgeLoader.class.getClassLoader();
        this.own = loader == null ? ClassLoader.getSystemClassLoader() : loader;
        for (Class<?> type : types) {
            if (type.getClassLoader() != null) {
                interfaces.add(type.getClassLoader());
            }
        }
    }

    Class<?> define(String name, byte[] code) {
        return defineClass(name, code, 0, code.length);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(BESIDE)) {
            return beside(name);
        }
        if (name.startsWith(OURS)) {
            return own.loadClass(name);
        }
        for (ClassLoader loader : interfaces) {
            Class<?> found = find(loader, name);
            if (found != null) {
                return found;
            }
        }
        throw new ClassNotFoundException(name);
    }

    private static @Nullable Class<?> find(ClassLoader loader, String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private Class<?> beside(String name) throws ClassNotFoundException {
        try (InputStream in = own.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = in.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
