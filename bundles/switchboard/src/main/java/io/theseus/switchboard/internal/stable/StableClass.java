// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.stable;

import io.theseus.switchboard.internal.call.StableObject;
import io.theseus.switchboard.internal.call.Wiring;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The generated class of one stable service. Lives and dies with it: nothing is cached. The seam for benchmarks and
 * tests that want a stable object without a framework:
 *
 * <pre>{@code
 * StableObject o = StableClass.define(List.of(Greeting.class)).create(wiring);
 * }</pre>
 */
public final class StableClass {
    private final List<Class<?>> interfaces;
    private final Class<?> type;
    private final BridgeLoader loader;
    private final Map<Class<?>, Class<?>> beside = new ConcurrentHashMap<>();

    private StableClass(List<Class<?>> interfaces, Class<?> type, BridgeLoader loader) {
        this.interfaces = interfaces;
        this.type = type;
        this.loader = loader;
    }

    /**
     * Generates the class.
     *
     * @throws LinkageError if no class can implement these interfaces together, or what they mention is not there
     */
    public static StableClass define(List<Class<?>> interfaces) {
        BridgeLoader loader = new BridgeLoader(interfaces);
        String name = "io.theseus.stable." + interfaces.get(0).getSimpleName();
        byte[] code = StableClassWriter.write(name, StableObject.class, Wiring.class, interfaces);
        return new StableClass(List.copyOf(interfaces), loader.define(name, code), loader);
    }

    public List<Class<?>> interfaces() {
        return interfaces;
    }

    /** Makes a stable object. */
    public StableObject create(Wiring wiring) {
        return (StableObject) instance(type, Wiring.class, wiring);
    }

    /**
     * Makes an object of a class beside the generated one: it sees the interfaces, which the framework wants of a service factory.
     *
     * @param superclass public, with a public or protected constructor with this argument
     */
    public <A> Object beside(Class<?> superclass, Class<A> argument, A value) {
        // A stable service may be registered a second time: its raw service on one side went, the other is left.
        Class<?> made = beside.computeIfAbsent(superclass, type -> {
            String name = "io.theseus.stable." + type.getSimpleName();
            return loader.define(name, StableClassWriter.write(name, type, argument, List.of()));
        });
        return instance(made, argument, value);
    }

    /** Makes an object of one of our classes that needs types of the interfaces' loaders. */
    public Object web(String className) {
        try {
            return loader.loadClass(className).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("class " + className + " can not be made", e);
        }
    }

    /** Why a class can not be an interface of a stable service; null if it can. */
    public static @Nullable String unfit(Class<?> type) {
        if (!type.isInterface()) {
            return "is a class";
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            return "is not public";
        }
        if (type.isSealed()) {
            return "is sealed";
        }
        if (!type.getModule().isExported(type.getPackageName())) {
            return "is internal to module " + type.getModule().getName();
        }
        return null;
    }

    private static Object instance(Class<?> made, Class<?> argument, Object value) {
        try {
            return made.getConstructor(argument).newInstance(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("class " + made.getName() + " can not be made", e);
        }
    }
}
