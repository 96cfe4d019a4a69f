// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.List;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The ranking of a stable service that stands in front of a raw one which is still there. */
final class Ranking {
    private Ranking() {}

    /**
     * One above that of the raw service, if that is the best of its kind: whoever takes the best takes the stable one then, and nobody
     * is led away from a better one. A whiteboard compares only what has the same pattern, so there it is always the next one.
     *
     * @param hidden raw services that nobody sees
     */
    static int inFront(
            ServiceReference<?> raw, List<String> names, Predicate<ServiceReference<?>> hidden, BundleContext context) {
        int ranking = raw.getProperty(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
        boolean next = ranking < Integer.MAX_VALUE
                && (WebLife.among(names) || names.stream().allMatch(name -> best(raw, name, hidden, context)));
        return next ? ranking + 1 : ranking;
    }

    private static boolean best(
            ServiceReference<?> raw, String name, Predicate<ServiceReference<?>> hidden, BundleContext context) {
        try {
            ServiceReference<?>[] all = context.getAllServiceReferences(name, null);
            for (ServiceReference<?> other : all == null ? new ServiceReference<?>[0] : all) {
                if (!hidden.test(other) && raw.compareTo(other) < 0) {
                    return false;
                }
            }
            return true;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
