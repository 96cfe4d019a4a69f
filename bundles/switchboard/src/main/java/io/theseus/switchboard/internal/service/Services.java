// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.port.Switchboard.Incoming;
import io.theseus.switchboard.internal.call.Traffic;
import io.theseus.switchboard.internal.stable.StableClass;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All stable services and the raw ones behind them. The monitor guards which raw service belongs to which stable service;
 * services are got, registered and unregistered, and classes loaded, outside of it.
 */
public final class Services {
    private static final Logger LOG = LoggerFactory.getLogger(Services.class);

    private final BundleContext context;
    private final Traffic traffic;
    private final ApplicationBundles bundles;
    private final Directory directory;
    private final FreshStart freshStart;
    private final Awaited awaited;
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean open = true;

    public Services(
            BundleContext context, Traffic traffic, ApplicationBundles bundles, Directory directory, Awaited awaited) {
        this.context = context;
        this.traffic = traffic;
        this.bundles = bundles;
        this.directory = directory;
        this.awaited = awaited;
        this.freshStart = new FreshStart(context);
    }

    /**
     * Takes services that are there already under: those nobody uses. The others were handed out before, and stay raw until
     * their application is restarted.
     */
    public void takeOver() {
        for (Bundle bundle : context.getBundles()) {
            if (!bundles.contains(bundle)) {
                continue;
            }
            for (ServiceReference<?> reference : Directory.registered(bundle)) {
                if (!directory.settled(reference)
                        && directory.sort(reference, bundle).hidden()) {
                    directory.early.add(reference);
                    if (directory.held(reference, bundle)) {
                        directory.handedOut.add(reference);
                        note(directory.leftAlone, reference, Directory.handedOut(reference));
                    }
                }
                appeared(reference);
            }
        }
    }

    /** Puts stable services in front of those that were handed out before. */
    public void front(Set<String> applications) {
        for (ServiceReference<?> reference : directory.handedOut(applications)) {
            Bundle bundle = reference.getBundle();
            if (bundle != null && !directory.settled(reference) && directory.front(reference, bundle, context)) {
                appeared(reference);
            }
        }
    }

    /** Takes them away again. */
    public void unfront(Set<String> applications) {
        for (ServiceReference<?> reference : directory.handedOut(applications)) {
            StableService service = directory.unfront(reference);
            if (service != null) {
                detach(service, raw -> raw.reference.equals(reference));
            }
        }
    }

    /** What was in front of services that have gone needs to be preferred no longer. */
    public void settleFronts() {
        // Asked with every bundle that stops, and most services never stood in front of anything.
        directory.inFront.stream()
                .filter(service -> service.fronts.keySet().removeIf(raw -> raw.getBundle() == null))
                .forEach(this::settle);
    }

    /** A service was registered, or is found. May be called by several threads for one service, also while it goes. */
    public void appeared(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        if (!open || bundle == null || !bundles.contains(bundle) || directory.settled(reference)) {
            return;
        }
        Set<String> handovers = directory.lineup.handovers().getOrDefault(bundle.getBundleId(), Set.of());
        freshStart.resume(reference, bundle, handovers, failure -> started(reference, bundle, failure));
    }

    /** Its component, if it is stateful, was started afresh, or could not be. */
    private void started(ServiceReference<?> reference, Bundle bundle, Optional<String> failure) {
        if (failure.isPresent()) {
            if (!directory.lineup.serves(bundle.getBundleId(), directory.lineup.current())) {
                note(directory.unresumed, reference, failure.get());
            }
            return;
        }
        Sort sort = directory.standing(reference, bundle);
        if (!sort.hidden()) {
            return;
        }
        try {
            Classifier.raw(reference, bundle, sort)
                    .flatMap(raw -> attach(raw, sort))
                    .ifPresent(service -> {
                        service.arrange();
                        service.publication.settle(context, () -> open);
                        // Until now it was found itself.
                        directory.leftAlone.remove(reference);
                    });
        } catch (ClassNotFoundException | LinkageError e) {
            String text = "the service under " + String.join(", ", sort.interfaces())
                    + " is left alone: no stable service can be made for it: " + e.getMessage();
            note(directory.leftAlone, reference, text);
            LOG.warn("{}", text);
        }
    }

    private synchronized void note(Map<ServiceReference<?>, String> notes, ServiceReference<?> reference, String text) {
        if (!directory.settled(reference)) {
            notes.put(reference, text);
        }
    }

    /** Empty if somebody was faster, or it has gone. */
    private Optional<StableService> attach(Raw raw, Sort sort) {
        StableClass generated = null;
        while (true) {
            Optional<StableService> attached = attach(raw, sort, generated);
            if (attached.isPresent() || directory.settled(raw.reference)) {
                return attached;
            }
            // Not under the monitor: it loads classes, which may start a lazy bundle, which may register a service.
            generated = StableClass.define(raw.types);
        }
    }

    /** Empty if there is nothing to attach it to and no class to make it from, or if it is settled. */
    private synchronized Optional<StableService> attach(Raw raw, Sort sort, @Nullable StableClass generated) {
        if (directory.settled(raw.reference)) {
            return Optional.empty();
        }
        Optional<StableService> found =
                find(raw).or(() -> Optional.ofNullable(generated).map(type -> add(raw, type)));
        found.ifPresent(service -> {
            directory.attach(service, raw, sort);
            Integer ranking = directory.fronts.get(raw.reference);
            if (ranking != null) {
                service.fronts.put(raw.reference, ranking);
                directory.inFront.add(service);
            }
            service.publication.unhold(directory.lineup.serves(raw.bundle, directory.lineup.current()));
        });
        return found;
    }

    /** The first, in order of registration, that stands for none on the sides where this one serves. */
    private Optional<StableService> find(Raw raw) {
        return directory.of(raw.application).stream()
                .filter(service -> service.suits(raw))
                .filter(service -> (!directory.lineup.serves(raw.bundle, 0) || service.raw(0) == null)
                        && (!directory.lineup.serves(raw.bundle, 1) || service.raw(1) == null))
                .min(Comparator.comparingLong(service -> service.id));
    }

    private StableService add(Raw raw, StableClass generated) {
        StableService service = new StableService(
                ids.incrementAndGet(),
                raw,
                traffic.board(),
                traffic.application(raw.application),
                directory::lineup,
                this::awaitedBeside,
                generated);
        directory.of(raw.application).stream()
                .filter(like -> like.key.equals(raw.key) && !like.suits(raw))
                .forEach(service::retyped);
        directory.add(service);
        return service;
    }

    /** Whether bundles that live on the other side only listen for a service. Those that offer it do not see the stable one. */
    private boolean awaitedBeside(StableService service) {
        Lineup now = directory.lineup;
        return awaited.by(
                bundle -> now.only().getOrDefault(bundle, now.current()) != now.current()
                        && service.raws.stream().noneMatch(raw -> raw.bundle == bundle),
                service.interfaceNames());
    }

    /** Properties of a service changed. */
    public void modified(ServiceReference<?> reference) {
        StableService service = directory.attached.get(reference);
        if (service != null) {
            service.publication.settle(context, () -> open);
        } else {
            appeared(reference);
        }
    }

    /** A service is being unregistered. */
    public void disappeared(ServiceReference<?> reference) {
        StableService service = forget(reference);
        freshStart.forget(reference);
        if (service != null) {
            detach(service, raw -> raw.reference.equals(reference));
        }
    }

    private synchronized @Nullable StableService forget(ServiceReference<?> reference) {
        return directory.forget(reference);
    }

    private void detach(StableService service, Predicate<Raw> which) {
        List<Raw> gone = service.raws.stream().filter(which).toList();
        if (gone.isEmpty()) {
            return;
        }
        synchronized (this) {
            for (Raw raw : gone) {
                boolean served = service.raw(directory.lineup.current()) == raw;
                directory.detach(service, raw);
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
        service.publication.settle(context, () -> open);
        removeIfEmpty(service);
    }

    /** As {@link #settle}, but for properties that changed of a service that stays. */
    private void settlePresence(StableService service) {
        service.publication.settlePresence(context, () -> open);
        removeIfEmpty(service);
    }

    private synchronized void removeIfEmpty(StableService service) {
        if (service.raws.isEmpty() && !service.publication.held()) {
            directory.remove(service);
        }
    }

    /** A generation comes. */
    public void open(Incoming incoming) {
        change(lineup -> lineup.open(incoming)).forEach(this::settle);
    }

    /**
     * The sides change places.
     *
     * @param suspended the bundles whose callers wait
     * @param waits whether any callers wait: if so, what changed of services that stay is told when they go on
     */
    public void exchange(Set<Long> suspended, boolean waits) {
        change(lineup -> lineup.exchange(suspended)).forEach(waits ? this::settlePresence : this::settle);
    }

    /** Does nothing between an opening and a switch, but the code of the switch is loaded then. */
    public void rehearse() {
        moving().forEach(this::settlePresence);
    }

    /** Gates are open: states are handed over, and what was kept for a restarting application and did not come back goes. */
    public void release() {
        List<StableService> moving = moving();
        synchronized (this) {
            // No target hangs on this.
            directory.lineup = directory.lineup.handedOver();
        }
        directory.all.values().stream()
                .filter(service -> service.publication.unhold(true))
                .forEach(this::settle);
        moving.forEach(this::settle);
    }

    /** The other generation goes: lets go of what serves on no side any more. */
    public void drop() {
        for (StableService service : change(Lineup::drop)) {
            detach(service, raw -> directory.lineup.sides(raw.bundle) == 0);
            settle(service);
        }
    }

    /** Changes the lineup and, at once, the targets that follow from it: none of what serves on both sides before and after. */
    private synchronized List<StableService> change(UnaryOperator<Lineup> step) {
        Lineup next = step.apply(directory.lineup);
        Set<Long> moving = directory.lineup.moving();
        moving.addAll(next.moving());
        directory.lineup = next;
        List<StableService> changed = directory.of(moving);
        changed.forEach(StableService::arrange);
        return changed;
    }

    private List<StableService> moving() {
        return directory.of(directory.lineup.moving());
    }

    /** Forgets an uninstalled bundle. It served nobody any more, so nothing follows from it. */
    public synchronized void forget(long bundle) {
        directory.lineup = directory.lineup.without(bundle);
    }

    /** Lets go of applications that are none any more. */
    public void letGoOfOthers() {
        for (StableService service : directory.all.values()) {
            detach(service, raw -> {
                Bundle bundle = raw.reference.getBundle();
                return bundle == null || !bundles.contains(bundle);
            });
        }
    }

    /** Unregisters everything: the switchboard goes. */
    public void close() {
        open = false;
        for (StableService service : directory.all.values()) {
            settle(service);
            detach(service, raw -> true);
        }
    }
}
