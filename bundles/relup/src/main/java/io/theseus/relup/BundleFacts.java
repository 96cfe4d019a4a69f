// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Version;

/**
 * What a bundle file says about itself: everything planning needs, read without loading a class.
 *
 * @param exports names of exported packages
 * @param components its Declarative Services components
 * @param appup the text of {@code OSGI-INF/appup.yaml}
 */
public record BundleFacts(
        String symbolicName,
        Version version,
        boolean fragment,
        boolean singleton,
        boolean activator,
        boolean webApplication,
        boolean blueprint,
        Set<String> exports,
        List<Component> components,
        Optional<String> appup) {

    /** Where an application keeps its appup. */
    public static final String APPUP = "OSGI-INF/appup.yaml";

    public BundleFacts {
        exports = Set.copyOf(exports);
        components = List.copyOf(components);
    }

    /**
     * A component description.
     *
     * @param immediate said so, or has no service
     * @param services the interfaces or classes it is registered under
     * @param properties names of the properties it is registered with
     * @param needs the interfaces or classes of services without which it is not active: its mandatory references
     */
    public record Component(
            String name,
            String implementation,
            boolean immediate,
            boolean enabled,
            List<String> services,
            Set<String> properties,
            Set<String> needs) {
        public Component {
            services = List.copyOf(services);
            properties = Set.copyOf(properties);
            needs = Set.copyOf(needs);
        }

        /** A component that needs no service. */
        public Component(
                String name,
                String implementation,
                boolean immediate,
                boolean enabled,
                List<String> services,
                Set<String> properties) {
            this(name, implementation, immediate, enabled, services, properties, Set.of());
        }

        /** A component without properties. */
        public Component(
                String name, String implementation, boolean immediate, boolean enabled, List<String> services) {
            this(name, implementation, immediate, enabled, services, Set.of());
        }
    }
}
