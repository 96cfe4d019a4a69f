// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.hook;

import java.util.Collection;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;

/** Keeps events from listeners that must not see the service. That a stable service goes is told to everybody. */
public final class RawListenerHook implements EventListenerHook {
    private final Sight sight;

    public RawListenerHook(Sight sight) {
        this.sight = sight;
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        Sight.View view = sight.view(event.getServiceReference());
        if (view instanceof Sight.View.Raw raw && !sight.toldToAll(event)) {
            listeners.entrySet().removeIf(entry -> hidden(raw, entry.getKey().getBundle(), entry.getValue()));
        } else if (view instanceof Sight.View.Own own && event.getType() != ServiceEvent.UNREGISTERING) {
            listeners.keySet().removeIf(context -> !sees(context.getBundle(), own));
        } else if (view instanceof Sight.View.Stable stable && event.getType() != ServiceEvent.UNREGISTERING) {
            listeners.keySet().removeIf(context -> !hears(context.getBundle(), stable));
        }
        if (event.getType() != ServiceEvent.UNREGISTERING
                && event.getServiceReference().getBundle() == null) {
            // It went while the news of its change was on the way: nobody can have it, and what we saw of it may be
            // wrong.
            listeners.clear();
        }
    }

    private boolean hears(Bundle listener, Sight.View.Stable stable) {
        return sight.seesAll(listener) || sight.hears(listener, stable);
    }

    private boolean sees(Bundle listener, Sight.View.Own own) {
        return sight.seesAll(listener) || sight.sees(listener, own);
    }

    private boolean hidden(Sight.View.Raw raw, Bundle listener, Collection<ListenerInfo> infos) {
        if (raw.bundle() == listener.getBundleId() || sight.seesAll(listener)) {
            return false;
        }
        if (!raw.sort().facets().isEmpty()) {
            infos.removeIf(info -> Sight.hidden(
                    raw.bundle(), raw.sort(), listener.getBundleId(), false, String.valueOf(info.getFilter())));
            return infos.isEmpty();
        }
        return true;
    }
}
