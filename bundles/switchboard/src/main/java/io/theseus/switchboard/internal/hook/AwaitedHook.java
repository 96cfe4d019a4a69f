// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.hook;

import io.theseus.switchboard.internal.service.Awaited;
import java.util.Collection;
import org.osgi.framework.hooks.service.ListenerHook;

/** Hears who listens for services. */
public final class AwaitedHook implements ListenerHook {
    private final Awaited awaited;

    public AwaitedHook(Awaited awaited) {
        this.awaited = awaited;
    }

    @Override
    public void added(Collection<ListenerInfo> listeners) {
        for (ListenerInfo listener : listeners) {
            if (!listener.isRemoved()) {
                try {
                    awaited.listens(listener.getBundleContext().getBundle().getBundleId(), listener.getFilter());
                } catch (IllegalStateException e) {
                    // The bundle has stopped since.
                }
            }
        }
    }

    @Override
    public void removed(Collection<ListenerInfo> listeners) {
        // Whoever has listened once is taken to listen until it stops.
    }
}
