// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.port.ByProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What becomes of a service by the names and classes it is registered under. A value.
 *
 * @param interfaces names under which a stable service stands for it; empty if it stays raw
 * @param facets infrastructure types among its names: whoever asks for one of these still sees the raw service
 * @param own names whose classes nobody but its bundle has: no stable service stands under them
 * @param reason why it prevents two versions side by side
 */
public record Sort(List<String> interfaces, Set<String> facets, Set<String> own, Optional<String> reason) {
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
            "org.apache.karaf.shell.api.console.Parser",
            "org.apache.karaf.shell.commands.info.InfoProvider");

    /** About the bundle that registers them, and in each other's way. */
    private static final Set<String> ONCE = Set.of(
            "org.osgi.service.url.URLStreamHandlerService",
            "java.net.ContentHandler",
            "org.osgi.service.http.context.ServletContextHelper",
            "org.osgi.service.cm.ConfigurationPlugin");

    private static final String RESOURCE = "osgi.http.whiteboard.resource.pattern";

    private static final String HOOKS = "org.osgi.framework.hooks.";

    public Sort {
        interfaces = List.copyOf(interfaces);
        facets = Set.copyOf(facets);
        own = Set.copyOf(own);
    }

    /** A service that is not hidden. */
    static Sort raw(Optional<String> reason) {
        return new Sort(List.of(), Set.of(), Set.of(), reason);
    }

    /** Whether a stable service stands for it. */
    public boolean hidden() {
        return !interfaces.isEmpty();
    }

    /**
     * Sorts a service.
     *
     * @param more further infrastructure types, from the configuration
     * @param properties the keys of its properties
     * @param own whether nobody but its bundle has the class of a name
     * @param unfit for a name why its class is no interface a stable service can have; empty if it is one
     */
    static Sort of(
            Collection<String> names,
            Set<String> more,
            Collection<String> properties,
            Predicate<String> own,
            Function<String, Optional<String>> unfit) {
        List<String> interfaces = new ArrayList<>();
        List<String> facets = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String name : names) {
            if (ONCE.contains(name) || name.startsWith(HOOKS)) {
                return raw(Optional.of("the service under " + name + " can not exist twice"));
            }
            if (TWICE.contains(name) || more.contains(name)) {
                facets.add(name);
            } else if (!OURS.contains(name)) {
                (own.test(name) ? others : interfaces).add(name);
            }
        }
        if (properties.contains(RESOURCE)) {
            return raw(Optional.of("its whiteboard resources can not exist twice"));
        }
        // The shell of Karaf, for one, forgets a command altogether when one of two services under the same name goes.
        Optional<String> reflective =
                properties.stream().filter(ByProperty::called).sorted().findFirst();
        if (!others.isEmpty() && reflective.isPresent()) {
            return raw(Optional.of("the service under " + others.get(0) + " is called by its property "
                    + reflective.get() + ", and two of it would be mixed up"));
        }
        for (String name : interfaces) {
            Optional<String> reason = unfit.apply(name);
            if (reason.isPresent()) {
                return raw(Optional.of("the service under " + name + " is left alone: " + reason.get()));
            }
        }
        return new Sort(interfaces, Set.copyOf(facets), Set.copyOf(others), Optional.empty());
    }
}
