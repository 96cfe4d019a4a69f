// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.api.CodeChange;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resumes a stateful component that starts afresh, once in its life, and keeps it in use: SCR would deactivate a delayed
 * component, and forget its state, when its last user lets go.
 *
 * <p>The user is the system bundle, and what has been resumed is remembered in a service of the system bundle, made of JDK
 * types: a switchboard that is restarted or updated neither loses a state nor resumes a component a second time.
 */
final class FreshStart {
    private static final Logger LOG = LoggerFactory.getLogger(FreshStart.class);
    private static final String MEMORY = "theseus.resumed";

    private final BundleContext system;
    /** By service id: true, or while {@code resume} runs a future of why the service must not be used. */
    private final ConcurrentMap<Long, Object> resumed;

    FreshStart(BundleContext context) {
        this.system = context.getBundle(0).getBundleContext();
        this.resumed = memory(context);
    }

    /** The name under which a component is announced for a handover. */
    private static String component(ServiceReference<?> reference, Object service) {
        return reference.getProperty("component.name") instanceof String name
                ? name
                : service.getClass().getName();
    }

    /**
     * Resumes the component behind a service, unless a state will be handed to it or it has been resumed already.
     *
     * @param then is told why the service must not be used, or empty if it may; by the thread that resumes, which may be another
     */
    void resume(ServiceReference<?> reference, Bundle bundle, Set<String> handovers, Consumer<Optional<String>> then) {
        if (!Classifier.names(reference).contains(CodeChange.class.getName())) {
            then.accept(Optional.empty());
            return;
        }
        Long id = (Long) reference.getProperty(Constants.SERVICE_ID);
        CompletableFuture<Optional<String>> running = new CompletableFuture<>();
        Object had = resumed.putIfAbsent(id, running);
        if (had instanceof CompletableFuture<?> other) {
            var unused = other.thenAccept(failure -> then.accept(((Optional<?>) failure).map(String::valueOf)));
        } else if (had != null) {
            then.accept(Optional.empty());
        } else {
            Optional<String> failure = Optional.of("a stateful component was not resumed");
            try {
                failure = resume(reference, bundle, handovers);
                if (failure.isEmpty()) {
                    resumed.replace(id, running, true);
                }
                then.accept(failure);
            } finally {
                resumed.remove(id, running);
                running.complete(failure);
            }
        }
    }

    private Optional<String> resume(ServiceReference<?> reference, Bundle bundle, Set<String> handovers) {
        Object service = system.getService(reference);
        if (!(service instanceof CodeChange<?> component)) {
            LOG.error("a stateful component of {} can not be had, so nobody will see its service", bundle);
            return refused(reference, "a stateful component can not be had");
        }
        String name = component(reference, service);
        try {
            if (!handovers.contains(name)) {
                component.resume();
            }
            return Optional.empty();
        } catch (Exception e) {
            LOG.error("component {} of {} could not be resumed, so nobody will see its service", name, bundle, e);
            return refused(reference, "component " + name + " could not be resumed: " + e);
        }
    }

    private Optional<String> refused(ServiceReference<?> reference, String why) {
        system.ungetService(reference);
        return Optional.of(why);
    }

    void forget(ServiceReference<?> reference) {
        Object id = reference.getProperty(Constants.SERVICE_ID);
        if (id != null) {
            resumed.remove(id);
        }
    }

    @SuppressWarnings("unchecked")
    private static ConcurrentMap<Long, Object> memory(BundleContext context) {
        try {
            for (ServiceReference<?> had : context.getServiceReferences(ConcurrentMap.class, "(" + MEMORY + "=true)")) {
                return (ConcurrentMap<Long, Object>) context.getService(had);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        ConcurrentMap<Long, Object> made = new ConcurrentHashMap<>();
        context.getBundle(0)
                .getBundleContext()
                .registerService(ConcurrentMap.class, made, FrameworkUtil.asDictionary(Map.of(MEMORY, "true")));
        return made;
    }
}
