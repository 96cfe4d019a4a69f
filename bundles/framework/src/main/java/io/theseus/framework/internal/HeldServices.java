// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
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
    /** What was found by name: while callers wait it must not be looked for among all services of its bundle. */
    private final Map<Named, ServiceReference<?>> found = new ConcurrentHashMap<>();

    private final ServiceListener services = this::changed;
    /** A hook may keep service events from us, bundle events of what stops it may not. */
    private final BundleListener bundles = event -> releaseWhatIsGone(event.getType());

    /** A component of a bundle. */
    record Named(long bundle, String component) {}

    HeldServices(BundleContext context) {
        this.context = context;
        context.addServiceListener(services);
        context.addBundleListener(bundles);
    }

    /** The service of a name: the one found before, as long as it is there. */
    Optional<ServiceReference<?>> find(Named name, Supplier<Optional<ServiceReference<?>>> search) {
        @Nullable ServiceReference<?> known = found.get(name);
        if (known != null && known.getBundle() != null) {
            return Optional.of(known);
        }
        Optional<ServiceReference<?>> first = search.get();
        first.ifPresent(reference -> {
            found.put(name, reference);
            if (reference.getBundle() == null) {
                found.remove(name, reference);
            }
        });
        return first;
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

    private void releaseWhatIsGone(int event) {
        if (event == BundleEvent.STOPPED || event == BundleEvent.UNINSTALLED) {
            held.keySet().removeIf(reference -> reference.getBundle() == null);
            found.values().removeIf(reference -> reference.getBundle() == null);
        }
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
