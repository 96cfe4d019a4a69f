// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a record from one of another version: each component from its conversion, then the canonical constructor. Thread safety: for one thread. */
final class RecordShape {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Class<?> target;
    private final MethodHandle constructor;
    private final List<MethodHandle> readers = new ArrayList<>();
    private final List<MethodHandle> parts = new ArrayList<>();

    RecordShape(Class<?> target) {
        this.target = target;
        Class<?>[] types = Arrays.stream(target.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = target.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            this.constructor = LOOKUP.unreflectConstructor(canonical);
        } catch (ReflectiveOperationException e) {
            throw new StateException("record " + target.getName() + " can not be made: " + e.getMessage(), e);
        }
    }

    /** The next component of the record is always this. */
    void constant(@Nullable Object value) {
        Class<?> type = next();
        MethodHandle constant = value == null ? MethodHandles.zero(type) : MethodHandles.constant(type, value);
        parts.add(MethodHandles.dropArguments(constant, 0, Object.class));
    }

    /** The next component of the record is made of this one of the old record. */
    void part(RecordComponent source, Conversion conversion) {
        Class<?> before = source.getType();
        Class<?> after = next();
        MethodHandle reader = reader(source);
        readers.add(reader);
        // Anything else may be refused, and then it is only not to fail before all is said that is wrong.
        boolean asIs = before == after || (!before.isPrimitive() && !after.isPrimitive());
        if (conversion == Conversion.REFERENCE && asIs) {
            parts.add(reader.asType(methodType(after, Object.class)));
        } else {
            parts.add(MethodHandles.filterReturnValue(
                            reader.asType(methodType(Object.class, Object.class)), converting(conversion))
                    .asType(methodType(after, Object.class)));
        }
    }

    /** When all components are there: for a record that is there once. A class for each of a thousand components takes longer to make than it saves. */
    @SuppressWarnings(
            "CatchingUnchecked") // a record's constructor may throw anything, and what it throws is the author's
    Conversion once() {
        MethodHandle all = all();
        Conversion made = Conversion.ofPresent(record -> {
            Object old = Objects.requireNonNull(record);
            try {
                return (Object) all.invokeExact(old);
            } catch (Throwable e) {
                throw explain(old, e);
            }
        });
        link(made);
        return made;
    }

    /** When all components are there: for a record of which there may be a million. */
    Conversion compiled() {
        try (InputStream code = Compiled.class.getResourceAsStream(Compiled.class.getSimpleName() + ".class")) {
            Conversion made = (Conversion) LOOKUP.defineHiddenClassWithClassData(
                            Objects.requireNonNull(code).readAllBytes(), this, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
            link(made);
            return made;
        } catch (IOException | ReflectiveOperationException e) {
            throw new StateException("record " + target.getName() + " can not be converted: " + e, e);
        }
    }

    /** Takes no time while callers wait. What is no record is refused. */
    private static void link(Conversion made) {
        try {
            var unused = made.convert(new Object());
        } catch (StateException e) {
            // As it should be.
            return;
        }
    }

    /** From the old record to the new one, both as objects. */
    MethodHandle all() {
        MethodHandle filtered = MethodHandles.filterArguments(constructor, 0, parts.toArray(MethodHandle[]::new));
        // Every component is made of the same old record.
        return MethodHandles.permuteArguments(filtered, methodType(target, Object.class), new int[parts.size()])
                .asType(methodType(Object.class, Object.class));
    }

    /** Who threw it: the old record, or the new one. */
    @SuppressWarnings("CatchingUnchecked") // an accessor may throw anything
    StateException explain(Object record, Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof StateException known) {
            return known;
        }
        for (MethodHandle reader : readers) {
            try {
                reader.invoke(record);
            } catch (Throwable e) {
                return new StateException("the old state can not be read: " + e, e);
            }
        }
        return new StateException(
                "record " + target.getSimpleName() + " does not take the old values: " + thrown, thrown);
    }

    private Class<?> next() {
        return target.getRecordComponents()[parts.size()].getType();
    }

    private static MethodHandle reader(RecordComponent source) {
        try {
            Method accessor = source.getAccessor();
            accessor.setAccessible(true);
            return LOOKUP.unreflect(accessor);
        } catch (IllegalAccessException e) {
            throw new StateException("record component " + source + " can not be read: " + e.getMessage(), e);
        }
    }

    private static MethodHandle converting(Conversion conversion) {
        try {
            return LOOKUP.findVirtual(Conversion.class, "convert", methodType(Object.class, Object.class))
                    .bindTo(conversion);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
