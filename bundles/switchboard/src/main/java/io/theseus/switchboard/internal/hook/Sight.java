// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.hook;

import io.theseus.switchboard.internal.service.ApplicationBundles;
import io.theseus.switchboard.internal.service.Directory;
import io.theseus.switchboard.internal.service.Lineup;
import io.theseus.switchboard.internal.service.Sort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;

/** Who sees which service. Thread safety: safe for use by many threads. */
public final class Sight {
    private static final String NUMBER = "theseus.service";

    private final Directory directory;
    private final ApplicationBundles bundles;
    private final Bundle own;

    public Sight(Directory directory, ApplicationBundles bundles, Bundle own) {
        this.directory = directory;
        this.bundles = bundles;
        this.own = own;
    }

    /** How a service is seen by others than those that see everything. */
    sealed interface View {
        /** By all. */
        record Open() implements View {}

        /** A raw service: by its own bundle, and by who asks for one of its facets. */
        record Raw(long bundle, Sort sort) implements View {}

        /** A raw service that is not hidden, of which there may be two: by those who live where its bundle serves. */
        record Own(long bundle) implements View {}

        /** A stable service. */
        record Stable(Object number) implements View {}
    }

    View view(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        if (bundle == null) {
            return new View.Open();
        }
        if (bundle.equals(own)) {
            Object number = reference.getProperty(NUMBER);
            return number == null ? new View.Open() : new View.Stable(number);
        }
        if (!bundles.contains(bundle)) {
            return new View.Open();
        }
        Sort sort = directory.sort(reference, bundle);
        if (sort.hidden()) {
            return new View.Raw(bundle.getBundleId(), sort);
        }
        return sort.own().isEmpty() ? new View.Open() : new View.Own(bundle.getBundleId());
    }

    /** Whether it is told to all that a raw service goes: some know it from before its bundle was an application. */
    boolean toldToAll(ServiceEvent event) {
        boolean goes =
                event.getType() == ServiceEvent.UNREGISTERING || event.getType() == ServiceEvent.MODIFIED_ENDMATCH;
        return goes && directory.early(event.getServiceReference());
    }

    /** The contexts of those that see a raw service whatever they ask for. */
    List<BundleContext> contexts(ServiceReference<?> raw) {
        List<BundleContext> contexts = new ArrayList<>();
        add(raw.getBundle(), contexts);
        bundles.trusted().forEach(bundle -> add(bundle, contexts));
        return contexts;
    }

    private static void add(@Nullable Bundle bundle, List<BundleContext> contexts) {
        BundleContext context = bundle == null ? null : bundle.getBundleContext();
        if (context != null) {
            contexts.add(context);
        }
    }

    boolean seesAll(Bundle requester) {
        return bundles.trusted(requester);
    }

    boolean sees(Bundle requester, View.Stable stable) {
        return directory.visible(stable.number(), requester);
    }

    boolean hears(Bundle listener, View.Stable stable) {
        return sees(listener, stable) && directory.audible(stable.number(), listener);
    }

    boolean sees(Bundle requester, View.Own own) {
        Lineup lineup = directory.lineup();
        long id = requester.getBundleId();
        return id == own.bundle() || lineup.serves(own.bundle(), lineup.seenBy(id));
    }

    /** Whether a raw service is hidden. */
    static boolean hidden(long registrar, Sort sort, long requester, boolean seesAll, String asked) {
        return sort.hidden() && registrar != requester && !seesAll && !asksForFacet(sort, asked);
    }

    private static boolean asksForFacet(Sort sort, String asked) {
        return sort.facets().stream().anyMatch(asked::contains);
    }
}
