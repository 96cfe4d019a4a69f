// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a record from one of another version: each component from its conversion, then the canonical constructor. */
final class RecordShape implements Conversion {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private final Class<?> target;
    private final MethodHandle constructor;
    private final List<Conversion> parts = new ArrayList<>();

    RecordShape(Class<?> target) {
        this.target = target;
        Class<?>[] types = Arrays.stream(target.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = target.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            this.constructor = LOOKUP.unreflectConstructor(canonical)
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new StateException("record " + target.getName() + " can not be made: " + e.getMessage(), e);
        }
    }

    void constant(@Nullable Object value) {
        parts.add(record -> value);
    }

    void part(RecordComponent source, Conversion conversion) {
        MethodHandle read = reader(source);
        parts.add(record -> conversion.convert(read(read, record)));
    }

    @Override
    @SuppressWarnings(
            "CatchingUnchecked") // a record's constructor may throw anything, and what it throws is the author's
    public Object convert(@Nullable Object record) {
        @Nullable Object[] values = new @Nullable Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(i).convert(record);
        }
        try {
            return constructor.invokeExact(values);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new StateException("record " + target.getSimpleName() + " does not take the old values: " + e, e);
        }
    }

    private static @Nullable Object read(MethodHandle read, @Nullable Object record) {
        try {
            return (Object) read.invokeExact(record);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new StateException("the old state can not be read: " + e, e);
        }
    }

    private static MethodHandle reader(RecordComponent source) {
        try {
            Method accessor = source.getAccessor();
            accessor.setAccessible(true);
            return LOOKUP.unreflect(accessor).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new StateException("record component " + source + " can not be read: " + e.getMessage(), e);
        }
    }
}
