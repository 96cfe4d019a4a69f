// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.hook;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.FindHook;

/** Takes from look-ups what the requester must not see. */
public final class RawFindHook implements FindHook {
    private final Sight sight;

    public RawFindHook(Sight sight) {
        this.sight = sight;
    }

    @Override
    public void find(
            BundleContext context,
            @Nullable String name,
            @Nullable String filter,
            boolean allServices,
            Collection<ServiceReference<?>> references) {
        Bundle requester = context.getBundle();
        boolean seesAll = sight.seesAll(requester);
        String asked = name + " " + filter;
        references.removeIf(reference -> hidden(sight.view(reference), requester, seesAll, asked)
                // Unregistered while we looked: nobody can have it, and what we saw of it may be wrong.
                || reference.getBundle() == null);
    }

    private boolean hidden(Sight.View view, Bundle requester, boolean seesAll, String asked) {
        if (view instanceof Sight.View.Raw raw) {
            return Sight.hidden(raw.bundle(), raw.sort(), requester.getBundleId(), seesAll, asked);
        }
        if (view instanceof Sight.View.Own own) {
            return !seesAll && !sight.sees(requester, own);
        }
        return view instanceof Sight.View.Stable stable && !seesAll && !sight.sees(requester, stable);
    }
}
