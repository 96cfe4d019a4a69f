// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The framework as seen from its system bundle, whose view no hook of Karaf's regions narrows. Services are obtained with the
 * context of Theseus' own bundle, so that the system bundle does not appear as their user. Thread safety: safe.
 */
final class Framework {
    private final BundleContext own;
    private final Bundle system;
    private final BundleContext systemContext;

    Framework(BundleContext own) {
        this.own = own;
        this.system = own.getBundle(Constants.SYSTEM_BUNDLE_ID);
        this.systemContext = system.getBundleContext();
    }

    /** The bundle context that gets services. */
    BundleContext own() {
        return own;
    }

    /** The bundle context that installs: what it installs lands in Karaf's root region. */
    BundleContext systemContext() {
        return systemContext;
    }

    /** The framework as a bundle. */
    Bundle system() {
        return system;
    }

    /** All installed bundles but the system bundle. */
    List<Bundle> bundles() {
        return Stream.of(systemContext.getBundles())
                .filter(bundle -> bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID)
                .toList();
    }

    /** The symbolic name of the framework itself. */
    String name() {
        return name(system);
    }

    List<Bundle> bundlesAndSystem() {
        return List.of(systemContext.getBundles());
    }

    Optional<Bundle> find(long id) {
        return Optional.ofNullable(systemContext.getBundle(id))
                .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED);
    }

    Bundle bundle(long id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("there is no bundle " + id));
    }

    FrameworkWiring wiring() {
        return system.adapt(FrameworkWiring.class);
    }

    int startLevel() {
        return system.adapt(FrameworkStartLevel.class).getStartLevel();
    }

    /** A framework property, else a system property. */
    Optional<String> property(String name) {
        return Optional.ofNullable(own.getProperty(name));
    }

    /** Asks a service that may be absent. */
    <S, R> Optional<R> ask(Class<S> type, Function<S, R> question) {
        @Nullable ServiceReference<S> reference = own.getServiceReference(type);
        @Nullable S service = reference == null ? null : own.getService(reference);
        if (reference == null || service == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.apply(service));
        } finally {
            own.ungetService(reference);
        }
    }

    /** A bundle as a user reads it: symbolic name and version. */
    static String describe(Bundle bundle) {
        return name(bundle) + " " + bundle.getVersion();
    }

    /** The symbolic name; its location for a bundle of R3 times, which has none. */
    static String name(Bundle bundle) {
        @Nullable String name = bundle.getSymbolicName();
        return name == null ? bundle.getLocation() : name;
    }
}
