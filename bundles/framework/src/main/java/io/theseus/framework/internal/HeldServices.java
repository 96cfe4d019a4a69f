// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * Service objects that are kept in use from the first question until they are unregistered: a delayed component would be deactivated,
 * and lose its state, between two questions. Nothing is held of a service that is gone. Thread safety: safe for use by many threads.
 */
final class HeldServices implements AutoCloseable {
    private final BundleContext context;
    private final Map<ServiceReference<?>, Object> held = new ConcurrentHashMap<>();
    private final ServiceListener services = this::changed;
    /** A hook may keep service events from us, bundle events of what stops it may not. */
    private final BundleListener bundles = event -> releaseWhatIsGone();

    HeldServices(BundleContext context) {
        this.context = context;
        context.addServiceListener(services);
        context.addBundleListener(bundles);
    }

    Optional<Object> get(ServiceReference<?> reference) {
        @Nullable Object known = held.get(reference);
        if (known != null) {
            return Optional.of(known);
        }
        // Got outside of any lock: activation runs the application's code.
        @Nullable Object object = context.getService(reference);
        if (object == null) {
            return Optional.empty();
        }
        if (held.putIfAbsent(reference, object) != null) {
            context.ungetService(reference);
        } else if (reference.getBundle() == null) {
            // Unregistered in between: the listener may have looked before we put.
            held.remove(reference);
        }
        return Optional.of(object);
    }

    private void changed(ServiceEvent event) {
        if (event.getType() == ServiceEvent.UNREGISTERING) {
            release(event.getServiceReference());
        }
    }

    private void releaseWhatIsGone() {
        held.keySet().removeIf(reference -> reference.getBundle() == null);
    }

    private void release(ServiceReference<?> reference) {
        if (held.remove(reference) != null) {
            context.ungetService(reference);
        }
    }

    @Override
    public void close() {
        context.removeServiceListener(services);
        context.removeBundleListener(bundles);
        held.keySet().forEach(this::release);
    }
}
