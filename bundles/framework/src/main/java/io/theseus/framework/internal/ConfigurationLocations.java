// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Which configurations belong to a bundle by its location, factory configurations too.
 *
 * <p>A configuration is <em>bound</em> when a location was set; that is kept on disk with it. An unbound one that a
 * {@code ManagedService} has received is bound <em>dynamically</em>, until that bundle is uninstalled. Both answer the bundle's
 * location; they are told apart by a query, because a filter on {@code service.bundleLocation} sees the set location only.
 *
 * <p>Thread safety: safe for use by many threads.
 */
final class ConfigurationLocations {
    /** The location by which a configuration is for every bundle. */
    static final String ANYBODY = "?";

    private final Framework framework;

    ConfigurationLocations(Framework framework) {
        this.framework = framework;
    }

    /** Whether there is anything to ask. */
    boolean available() {
        return framework.ask(ConfigurationAdmin.class, admin -> true).orElse(false);
    }

    /** Whether there is a configuration for a PID, or one made from it as a factory. */
    boolean exist(String pid) {
        String value = escape(pid);
        return framework
                .ask(
                        ConfigurationAdmin.class,
                        admin -> !list(admin, "(|(service.pid=" + value + ")(service.factoryPid=" + value + "))")
                                .isEmpty())
                .orElse(false);
    }

    /** PIDs of all configurations, and of their factories. */
    Set<String> pids() {
        return framework
                .ask(ConfigurationAdmin.class, admin -> {
                    Set<String> pids = new HashSet<>();
                    for (Configuration configuration : list(admin, null)) {
                        asked(configuration, Configuration::getPid).ifPresent(pids::add);
                        asked(configuration, Configuration::getFactoryPid).ifPresent(pids::add);
                    }
                    return pids;
                })
                .orElse(Set.of());
    }

    /** PIDs of the configurations that were given this location. */
    List<String> bound(String location) {
        return framework
                .ask(ConfigurationAdmin.class, admin -> pids(list(admin, boundFilter(location))))
                .orElse(List.of());
    }

    /** PIDs of the configurations that are bound to this location dynamically. */
    List<String> dynamic(String location) {
        return framework
                .ask(ConfigurationAdmin.class, admin -> {
                    List<String> bound = pids(list(admin, boundFilter(location)));
                    return pids(list(admin, null).stream()
                                    .filter(each -> asked(each, Configuration::getBundleLocation)
                                            .equals(Optional.of(location)))
                                    .toList())
                            .stream()
                            .filter(pid -> !bound.contains(pid))
                            .toList();
                })
                .orElse(List.of());
    }

    /**
     * Moves a configuration from one of some locations to another. One that is elsewhere by now was moved by somebody else and is left alone,
     * one that was deleted is nobody's any more.
     *
     * @param location the new one; empty for unbound
     */
    void move(String pid, Set<String> from, Optional<String> location) {
        framework.ask(ConfigurationAdmin.class, admin -> {
            list(admin, "(" + Constants.SERVICE_PID + "=" + escape(pid) + ")").stream()
                    .filter(each -> from.contains(
                            asked(each, Configuration::getBundleLocation).orElse("null")))
                    .forEach(each -> asked(each, moved -> {
                        moved.setBundleLocation(location.orElse(null));
                        return moved;
                    }));
            return true;
        });
    }

    private static String boundFilter(String location) {
        return "(" + ConfigurationAdmin.SERVICE_BUNDLELOCATION + "=" + escape(location) + ")";
    }

    private static List<String> pids(List<Configuration> configurations) {
        return configurations.stream()
                .flatMap(each -> asked(each, Configuration::getPid).stream())
                .sorted()
                .toList();
    }

    /** Empty also for one that somebody has deleted since it was listed. */
    private static <T> Optional<T> asked(Configuration configuration, Function<Configuration, @Nullable T> question) {
        try {
            return Optional.ofNullable(question.apply(configuration));
        } catch (IllegalStateException deleted) {
            return Optional.empty();
        }
    }

    private static List<Configuration> list(ConfigurationAdmin admin, @Nullable String filter) {
        try {
            Configuration @Nullable [] found = admin.listConfigurations(filter);
            return found == null ? List.of() : Stream.of(found).toList();
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("the configurations can not be read: " + e.getMessage(), e);
        }
    }

    /** OSGi Core 3.2.7: the characters that mean something in a filter. */
    static String escape(String value) {
        return value.replaceAll("([\\\\*()])", "\\\\$1");
    }
}
