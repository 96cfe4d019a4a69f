// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.switchboard.internal.call.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All stable services and the raw ones behind them. The monitor guards which raw service belongs to which stable service;
 * services are got, registered and unregistered outside of it.
 */
public final class Services {
    private static final Logger LOG = LoggerFactory.getLogger(Services.class);

    private final BundleContext context;
    private final Traffic traffic;
    private final ApplicationBundles bundles;
    private final Classifier classifier;
    private final FreshStart freshStart;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, StableService> all = new ConcurrentHashMap<>();
    private final Map<ServiceReference<?>, StableService> attached = new ConcurrentHashMap<>();
    private final Map<ServiceReference<?>, Sort> sorted = new ConcurrentHashMap<>();
    private final Map<ServiceReference<?>, String> leftAlone = new ConcurrentHashMap<>();
    private final Map<ServiceReference<?>, String> unresumed = new ConcurrentHashMap<>();
    private volatile Lineup lineup = Lineup.FIRST;
    private volatile boolean open = true;

    public Services(BundleContext context, Traffic traffic, ApplicationBundles bundles, Set<String> infrastructure) {
        this.context = context;
        this.traffic = traffic;
        this.bundles = bundles;
        this.classifier = new Classifier(infrastructure);
        this.freshStart = new FreshStart(context);
    }

    public Lineup lineup() {
        return lineup;
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
                        && service.offered(lineup.seenBy(requester.getBundleId())));
    }

    /** The raw services that stay raw, with the reason, of a bundle. */
    public List<String> raw(Bundle bundle) {
        List<String> reasons = new ArrayList<>();
        ServiceReference<?>[] registered = bundle.getRegisteredServices();
        for (ServiceReference<?> reference : registered == null ? new ServiceReference<?>[0] : registered) {
            String reason = leftAlone.get(reference);
            if (reason != null) {
                reasons.add(reason);
            } else {
                reason(reference, bundle).ifPresent(reasons::add);
            }
        }
        return reasons;
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
        return all.values().stream()
                .filter(service -> service.application().equals(application))
                .toList();
    }

    List<StableService> all() {
        return List.copyOf(all.values());
    }

    /** Applications whose bundles use the stable services of others. */
    public Set<String> callers(Set<String> applications) {
        Set<String> callers = new HashSet<>();
        for (StableService service : all.values()) {
            ServiceRegistration<?> registration = service.publication.registration();
            if (registration != null && applications.contains(service.application())) {
                for (Bundle user : users(registration)) {
                    if (bundles.contains(user)) {
                        callers.add(user.getSymbolicName());
                    }
                }
            }
        }
        return callers;
    }

    /** Whether a bundle holds the stable service. */
    boolean used(StableService service) {
        ServiceRegistration<?> registration = service.publication.registration();
        return registration != null && users(registration).length > 0;
    }

    private static Bundle[] users(ServiceRegistration<?> registration) {
        try {
            Bundle[] users = registration.getReference().getUsingBundles();
            return users == null ? new Bundle[0] : users;
        } catch (IllegalStateException e) {
            return new Bundle[0];
        }
    }

    /**
     * Takes services that are there already under: those nobody uses. The others were handed out before, and stay raw until
     * their application is restarted.
     */
    public void takeOver() {
        for (Bundle bundle : context.getBundles()) {
            ServiceReference<?>[] registered = bundles.contains(bundle) ? bundle.getRegisteredServices() : null;
            for (ServiceReference<?> reference : registered == null ? new ServiceReference<?>[0] : registered) {
                if (!attached.containsKey(reference) && sort(reference, bundle).hidden()) {
                    if (usedByOthers(reference, bundle)) {
                        leftAlone.put(
                                reference,
                                "the service under " + String.join(", ", Classifier.names(reference))
                                        + " was handed out before Theseus came");
                    }
                }
                appeared(reference);
            }
        }
    }

    private boolean usedByOthers(ServiceReference<?> reference, Bundle bundle) {
        Bundle[] users = reference.getUsingBundles();
        for (Bundle user : users == null ? new Bundle[0] : users) {
            if (!user.equals(bundle) && !bundles.trusted(user)) {
                return true;
            }
        }
        return false;
    }

    /** A service was registered. */
    public void appeared(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        if (!open || bundle == null || !bundles.contains(bundle) || attached.containsKey(reference)) {
            return;
        }
        Set<String> handovers = lineup.handovers().getOrDefault(bundle.getBundleId(), Set.of());
        Optional<String> failure = freshStart.resume(reference, bundle, handovers);
        if (failure.isPresent()) {
            if (!lineup.serves(bundle.getBundleId(), lineup.current())) {
                unresumed.put(reference, failure.get());
            }
            return;
        }
        Sort sort = sort(reference, bundle);
        if (!sort.hidden()) {
            return;
        }
        try {
            StableService service = attach(Classifier.raw(reference, bundle, sort));
            sorted.put(reference, sort);
            service.arrange();
            service.publication.settle(context, this::lineup, () -> open);
        } catch (ClassNotFoundException | LinkageError e) {
            leftAlone.put(
                    reference,
                    "the service under " + String.join(", ", sort.interfaces())
                            + " is left alone: no stable service can be made for it: " + e.getMessage());
            LOG.warn("{}", leftAlone.get(reference));
        }
    }

    private synchronized StableService attach(Raw raw) {
        StableService service = find(raw);
        service.raws.add(raw);
        attached.put(raw.reference, service);
        service.publication.unhold(lineup.serves(raw.bundle, lineup.current()));
        return service;
    }

    /** The first, in order of registration, that stands for none on the sides where this one serves. */
    private StableService find(Raw raw) {
        return all.values().stream()
                .filter(service -> service.application().equals(raw.application) && service.suits(raw))
                .filter(service -> (!lineup.serves(raw.bundle, 0) || service.raw(0) == null)
                        && (!lineup.serves(raw.bundle, 1) || service.raw(1) == null))
                .min(Comparator.comparingLong(service -> service.id))
                .orElseGet(() -> add(raw));
    }

    private StableService add(Raw raw) {
        StableService service = new StableService(
                ids.incrementAndGet(), raw, traffic.board(), traffic.application(raw.application), this::lineup);
        all.put(service.id, service);
        return service;
    }

    /** Properties of a service changed. */
    public void modified(ServiceReference<?> reference) {
        StableService service = attached.get(reference);
        if (service != null) {
            service.publication.settle(context, this::lineup, () -> open);
        } else {
            appeared(reference);
        }
    }

    /** A service is being unregistered. */
    public void disappeared(ServiceReference<?> reference) {
        leftAlone.remove(reference);
        sorted.remove(reference);
        freshStart.forget(reference);
        unresumed.remove(reference);
        StableService service = attached.remove(reference);
        if (service != null) {
            detach(service, raw -> raw.reference.equals(reference));
        }
    }

    private void detach(StableService service, Predicate<Raw> which) {
        List<Raw> gone = service.raws.stream().filter(which).toList();
        synchronized (this) {
            for (Raw raw : gone) {
                boolean served = service.raw(lineup.current()) == raw;
                service.raws.remove(raw);
                attached.remove(raw.reference);
                sorted.remove(raw.reference);
                if (served && traffic.suspended(service.application())) {
                    service.publication.hold();
                } else if (served) {
                    service.publication.renew();
                }
            }
        }
        service.arrange();
        settle(service);
        gone.forEach(service::release);
    }

    private void settle(StableService service) {
        service.publication.settle(context, this::lineup, () -> open);
        synchronized (this) {
            if (service.raws.isEmpty() && !service.publication.held()) {
                all.remove(service.id);
            }
        }
    }

    /** Changes the lineup and what follows from it: targets at once, properties and registrations with {@link #settleAll}. */
    public synchronized void change(UnaryOperator<Lineup> step) {
        lineup = step.apply(lineup);
        all.values().forEach(StableService::arrange);
    }

    /** Brings all registrations in line with the lineup. */
    public void settleAll() {
        all.values().forEach(this::settle);
    }

    /** Gates are open: what was kept for a restarting application and did not come back goes. */
    public void release() {
        all.values().forEach(service -> service.publication.unhold(true));
        settleAll();
    }

    /** Lets go of what serves on no side any more. */
    public void letGo() {
        for (StableService service : all.values()) {
            detach(service, raw -> lineup.sides(raw.bundle) == 0);
        }
    }

    /** Lets go of applications that are none any more. */
    public void letGoOfOthers() {
        for (StableService service : all.values()) {
            detach(service, raw -> {
                Bundle bundle = raw.reference.getBundle();
                return bundle == null || !bundles.contains(bundle);
            });
        }
    }

    /** Unregisters everything: the switchboard goes. */
    public void close() {
        open = false;
        settleAll();
        for (StableService service : all.values()) {
            detach(service, raw -> true);
        }
    }
}
