// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.aries.proxy.UnableToProxyException;
import org.apache.aries.proxy.impl.AsmProxyManager;
import org.jspecify.annotations.Nullable;

/** What stands between a caller and a service. */
public enum Via {
    /** Nothing. */
    DIRECT {
        @Override
        <T> T front(Class<T> type, T target) {
            return target;
        }
    },
    /** {@code java.lang.reflect.Proxy}, and a handler that only delegates. */
    REFLECTIVE {
        @Override
        <T> T front(Class<T> type, T target) {
            InvocationHandler handler = (proxy, method, arguments) -> method.invoke(target, arguments);
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    },
    /** What a Blueprint reference injects: Aries' generated proxy, and a dispatcher that looks under a monitor for the service. */
    BLUEPRINT {
        @Override
        <T> T front(Class<T> type, T target) {
            try {
                return type.cast(
                        new AsmProxyManager().createNewProxy(null, List.of(type), new Reference(target), null));
            } catch (UnableToProxyException e) {
                throw new IllegalStateException(type + " has no Aries proxy", e);
            }
        }
    },
    /** Our stable object. */
    STABLE {
        @Override
        <T> T front(Class<T> type, T target) {
            return StableCalls.front(type, target);
        }
    };

    abstract <T> T front(Class<T> type, T target);

    /** Does per call what the dispatcher of a Blueprint reference that has its service does. */
    private static final class Reference implements Callable<Object> {
        private final Object monitor = new Object();
        private volatile @Nullable Object service;

        Reference(Object service) {
            this.service = service;
        }

        @Override
        public Object call() {
            synchronized (monitor) {
                Object found = service;
                if (found == null) {
                    throw new IllegalStateException("the service is gone");
                }
                return found;
            }
        }
    }
}
