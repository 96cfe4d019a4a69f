// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import io.theseus.port.Belongings;
import io.theseus.port.CodeServer;
import io.theseus.port.Components;
import io.theseus.port.Switchboard;
import io.theseus.release.BundleSpec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** Stands in front of the ports with a higher ranking, so that release handling acts through it. */
final class FaultyPorts {
    private static final List<Class<?>> PORTS =
            List.of(CodeServer.class, Switchboard.class, Belongings.class, Components.class);
    private final BundleContext context;
    private final Plug plug;

    FaultyPorts(BundleContext context, Plug plug) {
        this.context = context;
        this.plug = plug;
    }

    void register() {
        PORTS.forEach(this::register);
    }

    private <T> void register(Class<T> port) {
        ServiceReference<T> reference = Optional.ofNullable(context.getServiceReference(port))
                .orElseThrow(() -> new IllegalStateException("there is no " + port.getName()));
        T real = context.getService(reference);
        Object faulty = Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> call(real, method, arguments));
        Map<String, Object> ranking = Map.of(Constants.SERVICE_RANKING, 1000);
        context.registerService(port, port.cast(faulty), FrameworkUtil.asDictionary(ranking));
    }

    private @Nullable Object call(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.getDeclaringClass() == Object.class
                    ? method.invoke(real, arguments)
                    : plug.<@Nullable Object>at(name(method, arguments), () -> method.invoke(real, arguments));
        } catch (InvocationTargetException e) {
            throw Optional.ofNullable(e.getCause()).orElse(e);
        }
    }

    private String name(Method method, Object @Nullable [] arguments) {
        String told = Stream.of(arguments == null ? new Object[0] : arguments)
                .map(this::tell)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(" + told + ")";
    }

    /** What is the same in every run: names instead of bundle ids. */
    private String tell(Object argument) {
        if (argument instanceof Long id) {
            return Optional.ofNullable(context.getBundle(id))
                    .map(FaultyPorts::text)
                    .orElse("no bundle");
        }
        if (argument instanceof Collection<?> all && all.stream().allMatch(Long.class::isInstance)) {
            return all.size() + " bundles";
        }
        return argument instanceof BundleSpec || argument instanceof String || argument instanceof Boolean
                ? argument.toString()
                : "";
    }

    static String text(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
