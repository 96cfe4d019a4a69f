// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.List;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** A raw service for which a stable service stands. Compared by identity of its registration. */
final class Raw {
    final ServiceReference<?> reference;
    final long bundle;
    final String application;
    final ServiceKey key;
    final List<Class<?>> types;

    Raw(ServiceReference<?> reference, long bundle, String application, ServiceKey key, List<Class<?>> types) {
        this.reference = reference;
        this.bundle = bundle;
        this.application = application;
        this.key = key;
        this.types = List.copyOf(types);
    }

    String scope() {
        return String.valueOf(reference.getProperty(Constants.SERVICE_SCOPE));
    }

    @Override
    public String toString() {
        return String.join(", ", key.interfaces());
    }
}
