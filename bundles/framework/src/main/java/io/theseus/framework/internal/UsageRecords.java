// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the framework remembers of who uses which service. Felix 7.0.5 keeps a record of each use for as long as the <em>service</em> is
 * registered, also when nobody uses it any more ({@code ServiceRegistry.ungetService}: not taken away at zero, for the sake of who gets it
 * in the same moment), and with it the bundle that did, uninstalled or not: tens of kilobytes, and one more to look at whenever any service
 * goes. Stable services are registered for as long as the container runs, so every version of an application would stay.
 *
 * <p>No API takes such a record away. This one does by reflection, for a bundle that is uninstalled and so gets no service any more; where the
 * framework is another one, nothing is done. Thread safety: safe, as the map of the framework is.
 */
final class UsageRecords {
    private static final Logger LOG = LoggerFactory.getLogger(UsageRecords.class);

    private final Map<?, ?> records;

    private UsageRecords(Map<?, ?> records) {
        this.records = records;
    }

    static UsageRecords of(Bundle system) {
        try {
            Object registry = read(system, "m_registry");
            if (read(registry, "m_inUseMap") instanceof Map<?, ?> records) {
                return new UsageRecords(records);
            }
            LOG.debug("What uses which service is not a map in this framework");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("What this framework remembers of the users of services is out of reach: {}", e.toString());
        }
        return new UsageRecords(new ConcurrentHashMap<>());
    }

    /** To be called when the bundle is uninstalled. */
    void forget(Bundle uninstalled) {
        if (uninstalled.getState() == Bundle.UNINSTALLED) {
            records.remove(uninstalled);
        }
    }

    private static Object read(Object holder, String name) throws ReflectiveOperationException {
        Field field = holder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(holder);
    }
}
