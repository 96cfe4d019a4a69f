// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.port.Switchboard.Holder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * What is known about services of applications, and questions about it. {@link Services} writes it. Thread safety: safe for
 * use by many threads.
 */
public final class Directory {
    /** Of so many services it is asked who uses them; of more, who uses what. */
    private static final int FEW = 32;

    final Map<Long, StableService> all = new ConcurrentHashMap<>();
    /** The same by application, because there may be thousands. */
    private final Map<String, Map<Long, StableService>> byApplication = new ConcurrentHashMap<>();

    /** And by bundle, because most of them have no part in a release. Each set is written under the monitor of {@link Services}. */
    private final Map<Long, Set<StableService>> byBundle = new ConcurrentHashMap<>();

    final Map<ServiceReference<?>, StableService> attached = new ConcurrentHashMap<>();
    private final Map<ServiceReference<?>, Sort> sorted = new ConcurrentHashMap<>();
    /** Why a service that could be hidden is not. */
    final Map<ServiceReference<?>, String> leftAlone = new ConcurrentHashMap<>();

    /** Services that were there before the switchboard came. */
    final Set<ServiceReference<?>> early = ConcurrentHashMap.newKeySet();
    /** Those of them that others held before the switchboard came. */
    final Set<ServiceReference<?>> handedOut = ConcurrentHashMap.newKeySet();
    /** Those of them that have a stable service in front, with the ranking that makes it the better one. */
    final Map<ServiceReference<?>, Integer> fronts = new ConcurrentHashMap<>();
    /** The stable services that ever stood in front of one. Written under the monitor of {@link Services}. */
    final Set<StableService> inFront = ConcurrentHashMap.newKeySet();

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
        early.remove(reference);
        handedOut.remove(reference);
        fronts.remove(reference);
        sorted.remove(reference);
        unresumed.remove(reference);
        return attached.remove(reference);
    }

    /** The services of applications that were handed out before. */
    List<ServiceReference<?>> handedOut(Set<String> applications) {
        return handedOut.stream()
                .filter(reference -> {
                    Bundle bundle = reference.getBundle();
                    return bundle != null && applications.contains(bundle.getSymbolicName());
                })
                .toList();
    }

    /** Who holds such services. */
    public List<Holder> holders() {
        List<Holder> holders = new ArrayList<>();
        for (ServiceReference<?> reference : handedOut) {
            Bundle bundle = reference.getBundle();
            if (bundle != null) {
                List<String> names = Classifier.names(reference);
                holders(reference, bundle)
                        .forEach(user -> holders.add(new Holder(
                                bundle.getSymbolicName(),
                                String.join(", ", names),
                                user.getBundleId(),
                                WebLife.among(names))));
            }
        }
        return holders;
    }

    /** @return whether a stable service can stand in front of a service that was handed out */
    boolean front(ServiceReference<?> reference, Bundle bundle, BundleContext context) {
        Sort sort = classifier.sort(reference, bundle);
        if (sort.hidden()) {
            fronts.put(reference, Ranking.inFront(reference, sort.interfaces(), attached::containsKey, context));
        }
        return sort.hidden();
    }

    /** @return the stable service that stood in front, if there is one */
    @Nullable
    StableService unfront(ServiceReference<?> reference) {
        if (fronts.remove(reference) == null) {
            return null;
        }
        leftAlone.put(reference, handedOut(reference));
        StableService service = attached.get(reference);
        if (service != null) {
            service.fronts.remove(reference);
        }
        return service;
    }

    static String handedOut(ServiceReference<?> reference) {
        return "the service under " + String.join(", ", Classifier.names(reference))
                + " was handed out before Theseus came; application:adopt brings it under a stable one";
    }

    /** Whether a service may be known to somebody although it is hidden now. */
    public boolean early(ServiceReference<?> reference) {
        return early.contains(reference);
    }

    public Set<String> earlyApplications() {
        return early.stream()
                .map(ServiceReference::getBundle)
                .filter(bundle -> bundle != null && bundles.contains(bundle))
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a service has a stable one in front: it is found no more. */
    boolean fronted(ServiceReference<?> reference) {
        return fronts.containsKey(reference);
    }

    /** What becomes of a service of an application, for hooks. Services that are left alone are not hidden. */
    public Sort sort(ServiceReference<?> reference, Bundle bundle) {
        if (leftAlone.containsKey(reference)) {
            return Sort.raw(Optional.empty());
        }
        Sort known = sorted.get(reference);
        return known != null ? known : classifier.sort(reference, bundle);
    }

    /** The same of a service for which a stable one is to stand, also in front of what was handed out. */
    Sort standing(ServiceReference<?> reference, Bundle bundle) {
        return fronted(reference) ? classifier.sort(reference, bundle) : sort(reference, bundle);
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
    public int count(String application, long bundle) {
        return (int) of(application).stream()
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
        inFront.remove(service);
        byApplication.computeIfPresent(service.application(), (name, services) -> {
            services.remove(service.id);
            return services.isEmpty() ? null : services;
        });
    }

    /** A stable service stands for a raw one from now on. */
    void attach(StableService service, Raw raw, Sort sort) {
        service.raws.add(raw);
        byBundle.computeIfAbsent(raw.bundle, any -> ConcurrentHashMap.newKeySet())
                .add(service);
        attached.put(raw.reference, service);
        sorted.put(raw.reference, sort);
    }

    /** It does so no longer. */
    void detach(StableService service, Raw raw) {
        service.raws.remove(raw);
        if (service.raws.stream().noneMatch(other -> other.bundle == raw.bundle)) {
            byBundle.computeIfPresent(raw.bundle, (bundle, services) -> {
                services.remove(service);
                return services.isEmpty() ? null : services;
            });
        }
        attached.remove(raw.reference);
        sorted.remove(raw.reference);
    }

    /** Those that stand for services of some bundles, in the order of their registration. */
    List<StableService> of(Set<Long> some) {
        return some.stream()
                .flatMap(bundle -> byBundle.getOrDefault(bundle, Set.of()).stream())
                .distinct()
                .sorted(Comparator.comparingLong(service -> service.id))
                .toList();
    }

    /**
     * Applications whose bundles use the stable services of others. To ask of a service who uses it is, in Felix, a look at all that all bundles use, and
     * to ask each bundle what it uses takes as long as a few dozen of those: so the services are asked where they are few, and else the bundles.
     *
     * @param among the bundles there are
     */
    public Set<String> callers(Set<String> applications, Bundle[] among) {
        List<StableService> offered =
                applications.stream().flatMap(name -> of(name).stream()).toList();
        // What is being registered may be in use already, and who uses it can be asked of the bundles alone.
        boolean askable = offered.size() <= FEW
                && offered.stream().allMatch(service -> service.publication.registration() != null);
        Stream<Bundle> users = askable
                ? offered.stream()
                        .flatMap(service -> users(service.publication.registration()))
                        .filter(bundles::contains)
                : Stream.of(among).filter(bundles::contains).filter(user -> uses(user, applications));
        return users.map(Bundle::getSymbolicName).collect(Collectors.toSet());
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
        Set<Long> only = lineup.only().keySet();
        return users(service.publication.registration())
                .filter(user -> !only.contains(user.getBundleId()))
                .map(user -> user.getSymbolicName() + " " + user.getVersion())
                .sorted()
                .toList();
    }

    private static Stream<Bundle> users(@Nullable ServiceRegistration<?> registration) {
        try {
            Bundle[] users =
                    registration == null ? null : registration.getReference().getUsingBundles();
            return users == null ? Stream.empty() : Stream.of(users);
        } catch (IllegalStateException e) {
            return Stream.empty();
        }
    }

    /** Whether anybody holds a service and would go on doing so. */
    boolean held(ServiceReference<?> reference, Bundle bundle) {
        return holders(reference, bundle).findAny().isPresent();
    }

    /** The HTTP whiteboard gets a servlet in the name of the bundle that registers it. */
    private Stream<Bundle> holders(ServiceReference<?> reference, Bundle bundle) {
        return WebLife.among(Classifier.names(reference)) ? users(reference) : others(reference, bundle);
    }

    /** Whether a service is used by others than its own bundle and release handling. */
    boolean usedByOthers(ServiceReference<?> reference, Bundle bundle) {
        return others(reference, bundle).findAny().isPresent();
    }

    private Stream<Bundle> others(ServiceReference<?> reference, Bundle bundle) {
        return users(reference).filter(user -> !user.equals(bundle));
    }

    private Stream<Bundle> users(ServiceReference<?> reference) {
        Bundle[] users = reference.getUsingBundles();
        return Stream.of(users == null ? new Bundle[0] : users).filter(user -> !bundles.trusted(user));
    }
}
