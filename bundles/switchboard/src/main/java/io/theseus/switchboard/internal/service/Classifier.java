// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.switchboard.internal.stable.StableClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Sorts services by looking at their classes. Keeps nothing: what was looked at may be purged at any time. A bundle that is
 * being uninstalled answers with any exception, and a hook that throws is passed over: everybody would see everything.
 */
final class Classifier {
    private final Set<String> infrastructure;

    Classifier(Set<String> infrastructure) {
        this.infrastructure = Set.copyOf(infrastructure);
    }

    static List<String> names(ServiceReference<?> reference) {
        return reference.getProperty(Constants.OBJECTCLASS) instanceof String[] names
                ? Arrays.asList(names)
                : List.of();
    }

    Sort sort(ServiceReference<?> reference, Bundle bundle) {
        return Sort.of(
                names(reference),
                infrastructure,
                List.of(reference.getPropertyKeys()),
                name -> own(bundle, name),
                name -> Optional.ofNullable(unfit(bundle, name)));
    }

    /** Whether the class of a name is the bundle's, in a package that it does not export. */
    private static boolean own(Bundle bundle, String name) {
        try {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            return wiring != null
                    && bundle.loadClass(name).getClassLoader() == wiring.getClassLoader()
                    && wiring.getCapabilities(BundleRevision.PACKAGE_NAMESPACE).stream()
                            .map(exported -> exported.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE))
                            .noneMatch(name.substring(0, Math.max(0, name.lastIndexOf('.')))::equals);
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return false;
        }
    }

    private static @Nullable String unfit(Bundle bundle, String name) {
        try {
            return StableClass.unfit(bundle.loadClass(name));
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return "its bundle does not load it";
        }
    }

    /** The raw service as a stable service needs it; empty if its bundle has been uninstalled meanwhile, and the service with it. */
    static Optional<Raw> raw(ServiceReference<?> reference, Bundle bundle, Sort sort) throws ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        try {
            for (String name : sort.interfaces()) {
                types.add(bundle.loadClass(name));
            }
        } catch (IllegalStateException | NullPointerException e) {
            // Felix throws the second when the bundle is uninstalled between its own two looks.
            return Optional.empty();
        }
        return Optional.of(new Raw(
                reference,
                bundle.getBundleId(),
                bundle.getSymbolicName(),
                ServiceKey.of(sort.interfaces(), reference::getProperty),
                types));
    }
}
