// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.api.CodeChange;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resumes a stateful component that starts afresh, once in its life. What has been resumed is remembered in a service of the
 * system bundle, made of JDK types: a switchboard that is restarted or updated must not resume it a second time.
 */
final class FreshStart {
    private static final Logger LOG = LoggerFactory.getLogger(FreshStart.class);
    private static final String MEMORY = "theseus.resumed";

    private final BundleContext context;
    private final ConcurrentMap<Long, Boolean> resumed;

    FreshStart(BundleContext context) {
        this.context = context;
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
     * @return whether the service may be used
     */
    boolean resume(ServiceReference<?> reference, Bundle bundle, Set<String> handovers) {
        if (!Classifier.names(reference).contains(CodeChange.class.getName())) {
            return true;
        }
        Long id = (Long) reference.getProperty(Constants.SERVICE_ID);
        Object service = context.getService(reference);
        try {
            if (!(service instanceof CodeChange<?> component)) {
                LOG.error("a stateful component of {} can not be had, so nobody will see its service", bundle);
                return false;
            }
            if (!handovers.contains(component(reference, service)) && resumed.putIfAbsent(id, true) == null) {
                component.resume();
            }
            return true;
        } catch (Exception e) {
            resumed.remove(id);
            LOG.error(
                    "component {} of {} could not be resumed, so nobody will see its service",
                    component(reference, service),
                    bundle,
                    e);
            return false;
        } finally {
            context.ungetService(reference);
        }
    }

    void forget(ServiceReference<?> reference) {
        Object id = reference.getProperty(Constants.SERVICE_ID);
        if (id != null) {
            resumed.remove(id);
        }
    }

    @SuppressWarnings("unchecked")
    private static ConcurrentMap<Long, Boolean> memory(BundleContext context) {
        try {
            for (ServiceReference<?> had : context.getServiceReferences(ConcurrentMap.class, "(" + MEMORY + "=true)")) {
                return (ConcurrentMap<Long, Boolean>) context.getService(had);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        ConcurrentMap<Long, Boolean> made = new ConcurrentHashMap<>();
        context.getBundle(0)
                .getBundleContext()
                .registerService(ConcurrentMap.class, made, FrameworkUtil.asDictionary(Map.of(MEMORY, "true")));
        return made;
    }
}
