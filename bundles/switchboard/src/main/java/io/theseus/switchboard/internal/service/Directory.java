// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * What is known about services of applications, and questions about it. {@link Services} writes it. Thread safety: safe for
 * use by many threads.
 */
public final class Directory {
    final Map<Long, StableService> all = new ConcurrentHashMap<>();
    /** The same by application, because there may be thousands. */
    private final Map<String, Map<Long, StableService>> byApplication = new ConcurrentHashMap<>();

    final Map<ServiceReference<?>, StableService> attached = new ConcurrentHashMap<>();
    final Map<ServiceReference<?>, Sort> sorted = new ConcurrentHashMap<>();
    /** Why a service that could be hidden is not. */
    final Map<ServiceReference<?>, String> leftAlone = new ConcurrentHashMap<>();

    final Map<ServiceReference<?>, String> unresumed = new ConcurrentHashMap<>();
    /** Services that have been unregistered: an event about a change of them may still be on its way. */
    private final Set<ServiceReference<?>> gone =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    volatile Lineup lineup = Lineup.FIRST;
    private final ApplicationBundles bundles;
    private final Classifier classifier;

    public Directory(ApplicationBundles bundles, Set<String> infrastructure) {
        this.bundles = bundles;
        this.classifier = new Classifier(infrastructure);
    }

    public Lineup lineup() {
        return lineup;
    }

    /** Whether nothing is to be done any more about a service that appears. */
    boolean settled(ServiceReference<?> reference) {
        return attached.containsKey(reference) || gone.contains(reference);
    }

    /** Forgets a raw service, for good; answers the stable service that stood for it. */
    @Nullable
    StableService forget(ServiceReference<?> reference) {
        gone.add(reference);
        leftAlone.remove(reference);
        sorted.remove(reference);
        unresumed.remove(reference);
        return attached.remove(reference);
    }

    /** What becomes of a service of an application, for hooks. Services that are left alone are not hidden. */
    public Sort sort(ServiceReference<?> reference, Bundle bundle) {
        if (leftAlone.containsKey(reference)) {
            return Sort.raw(Optional.empty());
        }
        Sort known = sorted.get(reference);
        return known != null ? known : classifier.sort(reference, bundle);
    }

    /** The stable service with the number in property {@code theseus.service}. */
    @Nullable
    StableService stable(Object id) {
        return id instanceof Long number ? all.get(number) : null;
    }

    /** Whether a bundle sees a stable service of ours, given by its number. */
    public boolean visible(Object id, Bundle requester) {
        StableService service = stable(id);
        return service == null
                || (!(service.application().equals(requester.getSymbolicName()) && bundles.contains(requester))
                        && service.offered(requester.getBundleId()));
    }

    /** The raw services that stay raw, with the reason, of a bundle. */
    public List<String> raw(Bundle bundle) {
        List<String> reasons = new ArrayList<>();
        for (ServiceReference<?> reference : registered(bundle)) {
            String reason = leftAlone.get(reference);
            if (reason != null) {
                reasons.add(reason);
            } else {
                reason(reference, bundle).ifPresent(reasons::add);
            }
        }
        return reasons;
    }

    /** Whether a bundle is told of what happens to a stable service of ours that it sees. */
    public boolean audible(Object id, Bundle listener) {
        StableService service = stable(id);
        Lineup now = lineup;
        return service == null
                || !service.publication.announcing()
                || now.seenBy(listener.getBundleId()) != now.current();
    }

    /** The services of a bundle; none if somebody uninstalls it just now. */
    static ServiceReference<?>[] registered(Bundle bundle) {
        try {
            ServiceReference<?>[] registered = bundle.getRegisteredServices();
            return registered == null ? new ServiceReference<?>[0] : registered;
        } catch (IllegalStateException e) {
            return new ServiceReference<?>[0];
        }
    }

    /** Why services of a bundle that came with the other side are seen by nobody: their components did not start. */
    List<String> unresumed(long bundle) {
        return unresumed.entrySet().stream()
                .filter(entry -> {
                    Bundle registrar = entry.getKey().getBundle();
                    return registrar != null && registrar.getBundleId() == bundle;
                })
                .map(Map.Entry::getValue)
                .toList();
    }

    /** A service that nobody else has a class of can exist twice, unless somebody uses it all the same: by reflection. */
    private Optional<String> reason(ServiceReference<?> reference, Bundle bundle) {
        Sort sort = classifier.sort(reference, bundle);
        return !sort.hidden() && !sort.own().isEmpty() && usedByOthers(reference, bundle)
                ? Optional.of("the service under " + String.join(", ", Classifier.names(reference))
                        + " is used by others, which do not have its class")
                : sort.reason();
    }

    /** The stable services of an application that stand for services of a bundle. */
    public int count(long bundle) {
        return (int) all.values().stream()
                .filter(service -> service.raws.stream().anyMatch(raw -> raw.bundle == bundle))
                .count();
    }

    public List<StableService> of(String application) {
        return List.copyOf(byApplication.getOrDefault(application, Map.of()).values());
    }

    void add(StableService service) {
        byApplication
                .computeIfAbsent(service.application(), any -> new ConcurrentHashMap<>())
                .put(service.id, service);
        all.put(service.id, service);
    }

    void remove(StableService service) {
        all.remove(service.id);
        byApplication.computeIfPresent(service.application(), (name, services) -> {
            services.remove(service.id);
            return services.isEmpty() ? null : services;
        });
    }

    List<StableService> all() {
        return List.copyOf(all.values());
    }

    /**
     * Applications whose bundles use the stable services of others. Asks each bundle what it uses: to ask of each service who uses it is,
     * in Felix, a look at all that all bundles use.
     *
     * @param among the bundles to ask
     */
    public Set<String> callers(Set<String> applications, Bundle[] among) {
        Set<String> callers = new HashSet<>();
        for (Bundle user : among) {
            if (bundles.contains(user) && uses(user, applications)) {
                callers.add(user.getSymbolicName());
            }
        }
        return callers;
    }

    private boolean uses(Bundle user, Set<String> applications) {
        for (ServiceReference<?> reference : used(user)) {
            StableService service = stable(reference.getProperty(ServiceProperties.SERVICE));
            if (service != null && applications.contains(service.application())) {
                return true;
            }
        }
        return false;
    }

    private static ServiceReference<?>[] used(Bundle bundle) {
        try {
            ServiceReference<?>[] used = bundle.getServicesInUse();
            return used == null ? new ServiceReference<?>[0] : used;
        } catch (IllegalStateException e) {
            return new ServiceReference<?>[0];
        }
    }

    /** Bundles that live on both sides and hold the stable service. */
    List<String> staying(StableService service) {
        ServiceRegistration<?> registration = service.publication.registration();
        Set<Long> only = lineup.only().keySet();
        return registration == null
                ? List.of()
                : Stream.of(users(registration))
                        .filter(user -> !only.contains(user.getBundleId()))
                        .map(user -> user.getSymbolicName() + " " + user.getVersion())
                        .sorted()
                        .toList();
    }

    private static Bundle[] users(ServiceRegistration<?> registration) {
        try {
            Bundle[] users = registration.getReference().getUsingBundles();
            return users == null ? new Bundle[0] : users;
        } catch (IllegalStateException e) {
            return new Bundle[0];
        }
    }

    /** Whether a service is used by others than its own bundle and release handling. */
    boolean usedByOthers(ServiceReference<?> reference, Bundle bundle) {
        Bundle[] users = reference.getUsingBundles();
        for (Bundle user : users == null ? new Bundle[0] : users) {
            if (!user.equals(bundle) && !bundles.trusted(user)) {
                return true;
            }
        }
        return false;
    }
}
