// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import static java.lang.constant.ConstantDescs.DEFAULT_NAME;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * The conversion of a record of which there are many. Never used itself: its class file is defined anew, as a hidden class, for each. The compiler
 * inlines a method handle that is a constant, and a constant belongs to a class; a million entries are converted while callers wait.
 */
final class Compiled implements Conversion {
    private static final RecordShape SHAPE = shape();
    private static final MethodHandle ALL = SHAPE.all();

    @Override
    @SuppressWarnings(
            "CatchingUnchecked") // a record's constructor may throw anything, and what it throws is the author's
    public @Nullable Object convert(@Nullable Object record) {
        if (record == null) {
            return null;
        }
        try {
            return (Object) ALL.invokeExact(record);
        } catch (Throwable e) {
            throw SHAPE.explain(record, e);
        }
    }

    private static RecordShape shape() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), DEFAULT_NAME, RecordShape.class);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
