// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;

/**
 * Whether any configuration changed since two bundles last shared theirs. Looking through all configurations of a container
 * takes milliseconds, and the second look is while callers wait. Thread safety: events come on any thread, the rest is for one.
 */
final class ConfigurationChanges implements AutoCloseable {
    private final AtomicLong changes = new AtomicLong();
    private final Map<Set<Long>, Long> seen = new HashMap<>();
    private final ServiceRegistration<?> registration;
    private volatile @Nullable Thread own;

    ConfigurationChanges(BundleContext context) {
        registration = context.registerService(SynchronousConfigurationListener.class, this::changed, null);
    }

    private void changed(ConfigurationEvent event) {
        if (!Thread.currentThread().equals(own)) {
            changes.incrementAndGet();
        }
    }

    /** Changes configurations without counting it: whoever does so knows. The events of that come on the thread that does it. */
    void uncounted(Runnable task) {
        own = Thread.currentThread();
        try {
            task.run();
        } finally {
            own = null;
        }
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
