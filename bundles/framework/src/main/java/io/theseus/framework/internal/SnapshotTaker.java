// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.framework.internal.CallerEdges.ServiceUse;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.port.Switchboard;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Takes the {@link Snapshot}. Thread safety: safe. */
final class SnapshotTaker {
    /** Service property of a stable service: symbolic name of the application behind it. */
    static final String APPLICATION = "theseus.application";
    /** Where an application carries its appup. */
    static final String APPUP = "OSGI-INF/appup.yaml";
    /** Manifest header by which a bundle declares itself an application without an appup. */
    static final String HEADER = "Theseus-Application";

    private static final String PORT_PACKAGE = "io.theseus.port";

    /** Those of Theseus' own bundles that use no port have such names too; the samples have longer ones. */
    private static final Pattern OWN = Pattern.compile("io\\.theseus\\.[a-z-]+");

    private static final int LOOKS = 100;
    private static final long BETWEEN_LOOKS_NANOS = 1_000_000;

    private final Framework framework;
    private final Supplier<Sticky> list;

    /** @param list what an operator lets nobody change */
    SnapshotTaker(Framework framework, Supplier<Sticky> list) {
        this.framework = framework;
        this.list = list;
    }

    Snapshot take() {
        Map<Object, Set<Long>> serviceUsers = serviceUsers();
        Set<String> declared = framework
                .ask(
                        Switchboard.class,
                        switchboard -> switchboard.applications().keySet())
                .orElse(Set.of());
        List<Installed> installed = new ArrayList<>();
        List<ServiceUse> services = new ArrayList<>();
        Map<Long, Set<Long>> packageUsers = new HashMap<>();
        Map<String, Set<Long>> named = new HashMap<>();
        Set<Long> own = new HashSet<>();
        for (Bundle bundle : framework.bundles()) {
            Optional<Seen> seen = seen(bundle, declared, serviceUsers);
            seen.ifPresent(each -> {
                if (each.own()) {
                    own.add(bundle.getBundleId());
                }
                installed.add(each.installed());
                services.addAll(each.services());
                packageUsers.put(bundle.getBundleId(), each.users());
                named.computeIfAbsent(each.installed().symbolicName(), any -> new TreeSet<>())
                        .add(bundle.getBundleId());
            });
        }
        return new Snapshot(installed, CallerEdges.callers(services, packageUsers, named, own), sticky(installed, own));
    }

    private Map<String, String> sticky(List<Installed> installed, Set<Long> own) {
        Map<String, String> sticky = new HashMap<>();
        Sticky listed = list.get();
        for (Installed each : installed) {
            if (own.contains(each.id()) || OWN.matcher(each.symbolicName()).matches()) {
                sticky.put(each.symbolicName(), "it is a part of Theseus");
            } else {
                listed.entry(each.symbolicName())
                        .ifPresent(entry -> sticky.putIfAbsent(
                                each.symbolicName(), "it is sticky in etc/io.theseus.framework.cfg (" + entry + ")"));
            }
        }
        sticky.put(framework.name(), "it is the framework");
        return sticky;
    }

    /** @param own whether it is one of Theseus' own bundles: they meet in the ports */
    private record Seen(Installed installed, Set<Long> users, List<ServiceUse> services, boolean own) {}

    /**
     * Empty for a bundle that somebody has uninstalled since it was listed. While one is updated or uninstalled Felix throws this and
     * that; it is looked at again then.
     *
     * @throws RefusedException {@code bundle-busy} when that does not end
     */
    private static Optional<Seen> seen(Bundle bundle, Set<String> declared, Map<Object, Set<Long>> serviceUsers) {
        for (int looks = 1; ; looks++) {
            try {
                Set<Long> users = Wires.users(bundle);
                return Optional.of(new Seen(
                        installed(bundle, users, declared),
                        users,
                        services(bundle, serviceUsers),
                        Wires.usesPackage(bundle, PORT_PACKAGE)));
            } catch (RuntimeException e) {
                if (bundle.getState() == Bundle.UNINSTALLED) {
                    return Optional.empty();
                }
                if (looks == LOOKS) {
                    throw refused(bundle, e);
                }
                LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            }
        }
    }

    /** Says nothing that the bundle would have to be asked for: it does not answer. */
    private static RefusedException refused(Bundle bundle, RuntimeException cause) {
        RefusedException refused = new RefusedException(Problem.of(
                        "bundle-busy",
                        "",
                        "bundle " + bundle.getBundleId() + " from " + bundle.getLocation()
                                + " can not be looked at, somebody else updates or uninstalls it: " + cause)
                .withHint("try again when that is done"));
        refused.addSuppressed(cause);
        return refused;
    }

    private static Installed installed(Bundle bundle, Set<Long> users, Set<String> declared) {
        BundleStartLevel startLevel = bundle.adapt(BundleStartLevel.class);
        String name = Framework.name(bundle);
        return new Installed(
                bundle.getBundleId(),
                name,
                bundle.getVersion(),
                bundle.getLocation(),
                Starting.isStarted(bundle),
                startLevel.isPersistentlyStarted(),
                startLevel.getStartLevel(),
                DataAreas.of(bundle).filter(DataAreas::holdsFile).isPresent(),
                users,
                declared.contains(name) || bundle.getHeaders("").get(HEADER) != null || bundle.getEntry(APPUP) != null,
                Starting.isFragment(bundle));
    }

    /**
     * Ids of the bundles that use a service, by its id. Each bundle is asked what it uses: to ask each service who uses it is, in Felix, a look at
     * all that all bundles use.
     */
    private Map<Object, Set<Long>> serviceUsers() {
        Map<Object, Set<Long>> users = new HashMap<>();
        for (Bundle bundle : framework.bundles()) {
            for (ServiceReference<?> used : used(bundle)) {
                users.computeIfAbsent(used.getProperty(Constants.SERVICE_ID), any -> new HashSet<>())
                        .add(bundle.getBundleId());
            }
        }
        return users;
    }

    private static ServiceReference<?>[] used(Bundle bundle) {
        try {
            ServiceReference<?> @Nullable [] used = bundle.getServicesInUse();
            return used == null ? new ServiceReference<?>[0] : used;
        } catch (IllegalStateException e) {
            // It was uninstalled since it was listed: it uses nothing.
            return new ServiceReference<?>[0];
        }
    }

    private static List<ServiceUse> services(Bundle bundle, Map<Object, Set<Long>> users) {
        ServiceReference<?> @Nullable [] registered = bundle.getRegisteredServices();
        return registered == null
                ? List.of()
                : Stream.of(registered)
                        .map(service -> use(bundle, service, users))
                        .toList();
    }

    private static ServiceUse use(Bundle registrar, ServiceReference<?> service, Map<Object, Set<Long>> users) {
        return new ServiceUse(
                registrar.getBundleId(),
                Optional.ofNullable(service.getProperty(APPLICATION)).map(Object::toString),
                users.getOrDefault(service.getProperty(Constants.SERVICE_ID), Set.of()));
    }
}
