// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.switchboard.internal.call.StableObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * Gives each consumer bundle a stable object of its own. Public, and subclassed by an empty generated class: the framework
 * decides by the loader of a factory's class whether it fits a consumer.
 */
public class StableFactory implements ServiceFactory<Object> {
    private final StableService service;
    private final Map<Object, StableInstance> instances = new ConcurrentHashMap<>();

    public StableFactory(StableService service) {
        this.service = service;
    }

    @Override
    public final @Nullable Object getService(Bundle consumer, ServiceRegistration<Object> registration) {
        BundleContext context = consumer.getBundleContext();
        if (context == null) {
            return null;
        }
        StableInstance instance = service.instance(context, consumer.getBundleId());
        if (instance == null) {
            return null;
        }
        StableObject stable = instance.stable();
        instances.put(stable, instance);
        return stable;
    }

    @Override
    public final void ungetService(Bundle consumer, ServiceRegistration<Object> registration, Object stable) {
        StableInstance instance = instances.remove(stable);
        if (instance != null) {
            service.remove(instance);
        }
    }
}
