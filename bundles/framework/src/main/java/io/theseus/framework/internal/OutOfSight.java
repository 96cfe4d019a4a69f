// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.hooks.bundle.EventHook;
import org.osgi.framework.hooks.bundle.FindHook;

/**
 * Keeps the bundles of one generation from finding those of the other. Who goes through all bundles, as plug-in loaders and extenders do,
 * would take a class of the wrong one, or serve two. Bundles of no group see both. Thread safety: safe.
 */
final class OutOfSight implements FindHook, EventHook {
    private final Apart generations;

    OutOfSight(Apart generations) {
        this.generations = generations;
    }

    @Override
    public void find(BundleContext context, Collection<Bundle> bundles) {
        long looking = id(context);
        bundles.removeIf(bundle -> generations.apart(looking, bundle.getBundleId()));
    }

    @Override
    public void event(BundleEvent event, Collection<BundleContext> contexts) {
        long changed = event.getBundle().getBundleId();
        contexts.removeIf(context -> generations.apart(id(context), changed));
    }

    /** A bundle that has just been stopped is told nothing, so it may be of any generation. */
    private static long id(BundleContext context) {
        try {
            return context.getBundle().getBundleId();
        } catch (IllegalStateException stopped) {
            return -1;
        }
    }
}
