// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.SynchronousConfigurationListener;

/**
 * Whether any configuration changed since two bundles last shared theirs. Looking through all configurations of a container
 * takes milliseconds, and the second look is while callers wait. Thread safety: events come on any thread, the rest is for one.
 */
final class ConfigurationChanges implements AutoCloseable {
    private final AtomicLong changes = new AtomicLong();
    private final Map<Set<Long>, Long> seen = new HashMap<>();
    private final ServiceRegistration<?> registration;

    ConfigurationChanges(BundleContext context) {
        registration = context.registerService(
                SynchronousConfigurationListener.class, event -> changes.incrementAndGet(), null);
    }

    long now() {
        return changes.get();
    }

    boolean since(long from, long to) {
        return seen.getOrDefault(Set.of(from, to), -1L) != changes.get();
    }

    void saw(long from, long to, long at) {
        seen.put(Set.of(from, to), at);
    }

    void forget(long from, long to) {
        seen.remove(Set.of(from, to));
    }

    @Override
    public void close() {
        registration.unregister();
    }
}
