// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Which bundles are applications. Thread safety: safe for use by many threads. */
public final class ApplicationBundles {
    /** Entry of a bundle that is an application. */
    static final String APPUP = "OSGI-INF/appup.yaml";

    /** Manifest header of a bundle that is an application. */
    static final String HEADER = "Theseus-Application";

    private static final String FRAMEWORK = "io.theseus.framework";

    private final BundleContext context;
    private final long own;
    /** Asked for once: an event may come while our bundle stops, when its context answers nothing any more. */
    private final List<Bundle> always;

    private final Map<Long, Boolean> marked = new ConcurrentHashMap<>();
    private volatile Set<String> declared = Set.of();
    /** Release handling's bundle, whether it runs or not. Written by whoever misses it: all find the same. */
    private volatile @Nullable Bundle framework;

    public ApplicationBundles(BundleContext context) {
        this.context = context;
        this.own = context.getBundle().getBundleId();
        this.always = List.of(context.getBundle(0), context.getBundle());
    }

    /** Declares applications by name; the names declared so far are forgotten. */
    public void declare(Set<String> names) {
        declared = Set.copyOf(names);
    }

    public Set<String> declared() {
        return declared;
    }

    public boolean contains(Bundle bundle) {
        long id = bundle.getBundleId();
        if (id == 0 || id == own || bundle.getState() == Bundle.UNINSTALLED || bundle.getSymbolicName() == null) {
            return false;
        }
        return declared.contains(bundle.getSymbolicName()) || marked(bundle);
    }

    /** Forgets what was read from a bundle: its content has changed. */
    public void forget(Bundle bundle) {
        marked.remove(bundle.getBundleId());
    }

    /** Whether a bundle sees raw services of others: the system bundle, release handling, we. */
    public boolean trusted(Bundle bundle) {
        return bundle.getBundleId() == 0 || bundle.getBundleId() == own || FRAMEWORK.equals(bundle.getSymbolicName());
    }

    /** All such bundles that are installed. */
    public List<Bundle> trusted() {
        Bundle handling = framework;
        if (handling == null || handling.getState() == Bundle.UNINSTALLED) {
            handling = Stream.of(context.getBundles())
                    .filter(bundle -> FRAMEWORK.equals(bundle.getSymbolicName()))
                    .findFirst()
                    .orElse(null);
            framework = handling;
        }
        return Stream.concat(always.stream(), Stream.ofNullable(handling)).toList();
    }

    private boolean marked(Bundle bundle) {
        // Not computeIfAbsent: reading an entry may take the framework's locks.
        Boolean known = marked.get(bundle.getBundleId());
        if (known == null) {
            try {
                known = bundle.getHeaders("").get(HEADER) != null
                        || (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null
                                && bundle.getEntry(APPUP) != null);
            } catch (RuntimeException e) {
                // Somebody updates or uninstalls it just now; Felix throws this and that then. It is asked again when
                // it is back.
                return false;
            }
            marked.put(bundle.getBundleId(), known);
        }
        return known;
    }
}
