// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.hook;

import java.util.Collection;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventHook;

/**
 * Keeps events of raw services from bundles that must not see them, where that can be said of a whole bundle; what is said of a listener is
 * {@link RawListenerHook}'s.
 *
 * <p>An event hook is asked before all event listener hooks, and before the framework copies the listeners of each bundle for those: with a thousand
 * bundles that is most of what a service costs that comes or goes. For the same reason contexts are compared and not asked whose they are.
 */
// OSGi Core 8, 55.4: deprecated for what it can not say of one listener, and no framework does without it.
@SuppressWarnings("deprecation")
public final class RawEventHook implements EventHook {
    private final Sight sight;

    private RawEventHook(Sight sight) {
        this.sight = sight;
    }

    public static ServiceRegistration<?> register(BundleContext context, Sight sight) {
        return context.registerService(EventHook.class, new RawEventHook(sight), null);
    }

    @Override
    public void event(ServiceEvent event, Collection<BundleContext> contexts) {
        if (sight.view(event.getServiceReference()) instanceof Sight.View.Raw raw
                && raw.sort().facets().isEmpty()
                && !sight.toldToAll(event)) {
            List<BundleContext> kept = sight.contexts(event.getServiceReference());
            contexts.removeIf(context -> !isOneOf(kept, context));
        }
    }

    // The framework has one context for a bundle that runs.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOneOf(List<BundleContext> few, BundleContext context) {
        for (int i = 0; i < few.size(); i++) {
            if (few.get(i) == context) {
                return true;
            }
        }
        return false;
    }
}
