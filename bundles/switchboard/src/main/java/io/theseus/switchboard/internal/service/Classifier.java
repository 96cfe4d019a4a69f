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

/** Sorts services by looking at their classes. Keeps nothing: what was looked at may be purged at any time. */
final class Classifier {
    private static final String RESOURCE = "osgi.http.whiteboard.resource.pattern";

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
                reference.getProperty(RESOURCE) != null,
                name -> Optional.ofNullable(unfit(bundle, name)));
    }

    private static @Nullable String unfit(Bundle bundle, String name) {
        try {
            return StableClass.unfit(bundle.loadClass(name));
        } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
            return "its bundle does not load it";
        }
    }

    /** The raw service as a stable service needs it. */
    static Raw raw(ServiceReference<?> reference, Bundle bundle, Sort sort) throws ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (String name : sort.interfaces()) {
            types.add(bundle.loadClass(name));
        }
        return new Raw(
                reference, bundle.getSymbolicName(), ServiceKey.of(sort.interfaces(), reference::getProperty), types);
    }
}
