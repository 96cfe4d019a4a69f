// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What becomes of a service by the names and classes it is registered under. A value.
 *
 * @param interfaces names under which a stable service stands for it; empty if it stays raw
 * @param facets infrastructure types among its names: whoever asks for one of these still sees the raw service
 * @param reason why it prevents two versions side by side
 */
public record Sort(List<String> interfaces, Set<String> facets, Optional<String> reason) {
    /** Ours: never part of a stable service, and seen by release handling only. */
    static final Set<String> OURS = Set.of("io.theseus.api.CodeChange", "io.theseus.api.UpgradeAction");

    /** About the bundle that registers them, and able to exist twice. */
    private static final Set<String> TWICE = Set.of(
            "org.osgi.service.cm.ManagedService",
            "org.osgi.service.cm.ManagedServiceFactory",
            "org.osgi.service.metatype.MetaTypeProvider",
            "org.osgi.framework.BundleListener",
            "org.osgi.framework.SynchronousBundleListener",
            "org.osgi.framework.FrameworkListener",
            "org.osgi.framework.ServiceListener",
            "org.apache.karaf.shell.api.console.Command",
            "org.apache.karaf.shell.api.console.Completer",
            "org.apache.karaf.shell.api.console.Parser");

    /** About the bundle that registers them, and in each other's way. */
    private static final Set<String> ONCE = Set.of(
            "org.osgi.service.url.URLStreamHandlerService",
            "java.net.ContentHandler",
            "org.osgi.service.http.context.ServletContextHelper",
            "org.osgi.service.cm.ConfigurationPlugin");

    private static final String HOOKS = "org.osgi.framework.hooks.";

    public Sort {
        interfaces = List.copyOf(interfaces);
        facets = Set.copyOf(facets);
    }

    /** Whether a stable service stands for it. */
    public boolean hidden() {
        return !interfaces.isEmpty();
    }

    private static Sort raw(Optional<String> reason) {
        return new Sort(List.of(), Set.of(), reason);
    }

    /**
     * Sorts a service.
     *
     * @param more further infrastructure types, from the configuration
     * @param unfit for a name why its class is no interface a stable service can have; empty if it is one
     */
    static Sort of(
            Collection<String> names, Set<String> more, boolean resource, Function<String, Optional<String>> unfit) {
        List<String> interfaces = new ArrayList<>();
        List<String> facets = new ArrayList<>();
        for (String name : names) {
            if (ONCE.contains(name) || name.startsWith(HOOKS)) {
                return raw(Optional.of("the service under " + name + " can not exist twice"));
            }
            if (TWICE.contains(name) || more.contains(name)) {
                facets.add(name);
            } else if (!OURS.contains(name)) {
                interfaces.add(name);
            }
        }
        if (resource) {
            return raw(Optional.of("its whiteboard resources can not exist twice"));
        }
        for (String name : interfaces) {
            Optional<String> reason = unfit.apply(name);
            if (reason.isPresent()) {
                return raw(Optional.of("the service under " + name + " is left alone: " + reason.get()));
            }
        }
        return new Sort(interfaces, Set.copyOf(facets), Optional.empty());
    }
}
