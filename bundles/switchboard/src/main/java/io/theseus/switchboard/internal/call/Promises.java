// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * OSGi promises, by reflection: the promise package an application uses is its own affair, so nothing of it is imported or
 * kept here.
 */
final class Promises {
    private static final String PROMISE = "org.osgi.util.promise.Promise";

    private Promises() {}

    /** Takes a hold for as long as the result, if it is a promise, is not resolved. */
    static void watch(Object result, Hold.Taker taker) {
        Class<?> type = promise(result.getClass());
        if (type == null) {
            return;
        }
        try {
            Method isDone = type.getMethod("isDone");
            if (Boolean.TRUE.equals(isDone.invoke(result))) {
                return;
            }
            Hold hold = taker.take();
            try {
                type.getMethod("onResolve", Runnable.class).invoke(result, hold);
            } catch (ReflectiveOperationException | RuntimeException e) {
                hold.run();
            }
        } catch (ReflectiveOperationException e) {
            // Not the promise we know: the call ends with its return, like any other.
            return;
        }
    }

    private static @Nullable Class<?> promise(@Nullable Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Class<?> implemented : c.getInterfaces()) {
                Class<?> found = implemented.getName().equals(PROMISE) ? implemented : promise(implemented);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
