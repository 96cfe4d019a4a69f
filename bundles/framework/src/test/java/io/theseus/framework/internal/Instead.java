// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/** Something of the framework that answers some questions as a test wants. */
final class Instead {
    private Instead() {}

    /** @param answers by the name of the method, from its arguments; {@code real} answers the others */
    static <T> T of(Class<T> type, Object real, Map<String, Function<Object[], Object>> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answers.containsKey(method.getName())
                        ? answers.get(method.getName()).apply(args)
                        : method.invoke(real, args)));
    }
}
