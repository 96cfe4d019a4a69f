// SPDX-License-Identifier: Apache-2.0
package io.theseus.port;

import java.util.List;

/**
 * Service properties by which others call a service without having its class: a whiteboard, the shell, JMX. Two of such
 * services are not kept apart by their classes. Thread safety: has no state.
 */
public final class ByProperty {
    private static final List<String> BEGINNINGS =
            List.of("osgi.command.", "osgi.http.whiteboard.", "osgi.jaxrs.", "jmx.objectname");

    private ByProperty() {}

    /** Whether a service with a property of this name is called by it. */
    public static boolean called(String property) {
        return BEGINNINGS.stream().anyMatch(property::startsWith);
    }
}
