// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import io.theseus.api.Calls;
import io.theseus.port.Switchboard.Holder;
import io.theseus.port.Switchboard.Incoming;
import io.theseus.port.Switchboard.Line;
import io.theseus.port.Switchboard.Switched;
import io.theseus.port.Switchboard.Waits;
import io.theseus.release.Problem;
import io.theseus.release.Status.BusyCall;
import io.theseus.switchboard.internal.call.Board;
import io.theseus.switchboard.internal.call.Calling;
import io.theseus.switchboard.internal.call.Traffic;
import io.theseus.switchboard.internal.hook.AwaitedHook;
import io.theseus.switchboard.internal.hook.RawEventHook;
import io.theseus.switchboard.internal.hook.RawFindHook;
import io.theseus.switchboard.internal.hook.RawListenerHook;
import io.theseus.switchboard.internal.hook.Sight;
import io.theseus.switchboard.internal.service.ApplicationBundles;
import io.theseus.switchboard.internal.service.Awaited;
import io.theseus.switchboard.internal.service.CallingCode;
import io.theseus.switchboard.internal.service.Directory;
import io.theseus.switchboard.internal.service.Services;
import io.theseus.switchboard.internal.service.Warm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook;

/** Puts calls, services and hooks together, and keeps the lineup and the board in step. */
final class Exchange {
    private final BundleContext context;
    private final ApplicationBundles bundles;
    private final Board board;
    private final Traffic traffic;
    private final Calling calls;
    private final Directory directory;
    private final Services services;
    private final Sight sight;
    private final Awaited awaited = new Awaited();
    private final List<ServiceRegistration<?>> hooks = new ArrayList<>();
    private final AllServiceListener serviceListener = this::changed;
    private final SynchronousBundleListener bundleListener = this::changed;
    /** Whether the code of a switch has been loaded. Used by the handler thread. */
    private boolean rehearsed;

    Exchange(BundleContext context, Set<String> infrastructure) {
        this.context = context;
        this.bundles = new ApplicationBundles(context);
        this.board = new Board(new CallingCode(bundles));
        this.traffic = new Traffic(board);
        this.calls = new Calling(board);
        this.directory = new Directory(bundles, infrastructure);
        this.services = new Services(context, traffic, bundles, directory, awaited);
        this.sight = new Sight(directory, bundles, context.getBundle());
    }

    Calls calls() {
        return calls;
    }

    Traffic traffic() {
        return traffic;
    }

    void open() {
        hooks.add(context.registerService(ListenerHook.class, new AwaitedHook(awaited), null));
        hooks.add(context.registerService(FindHook.class, new RawFindHook(sight), null));
        hooks.add(RawEventHook.register(context, sight));
        hooks.add(context.registerService(EventListenerHook.class, new RawListenerHook(sight), null));
        context.addBundleListener(bundleListener);
        context.addServiceListener(serviceListener);
        services.takeOver();
    }

    void close() {
        context.removeServiceListener(serviceListener);
        context.removeBundleListener(bundleListener);
        traffic.resume();
        // Raw services are found again before the stable ones go.
        hooks.forEach(ServiceRegistration::unregister);
        hooks.clear();
        services.close();
    }

    void declare(Set<String> names) {
        if (!names.equals(bundles.declared())) {
            bundles.declare(names);
            services.letGoOfOthers();
            services.takeOver();
        }
    }

    Map<String, Line> applications() {
        return Lines.of(context.getBundles(), bundles, directory);
    }

    Set<String> early() {
        return directory.earlyApplications();
    }

    List<Holder> holders() {
        return directory.holders();
    }

    void front(Set<String> applications) {
        services.front(applications);
    }

    void unfront(Set<String> applications) {
        services.unfront(applications);
    }

    void open(Incoming incoming) {
        board.open();
        services.open(incoming);
    }

    List<Problem> warm() {
        // What is activated or initialised now calls what belongs to it.
        List<Problem> problems = traffic.ahead(new Warm(directory, context)::warm);
        if (!rehearsed) {
            // Nothing is to be done, but the code for it is loaded when callers do not wait.
            traffic.rehearse(this::callers, handingOver()::contains);
            services.rehearse();
            rehearsed = true;
        }
        return problems;
    }

    List<BusyCall> suspend(Set<String> applications, Duration drain, Duration gate) {
        return traffic.suspend(applications, drain, gate, this::callers, handingOver()::contains);
    }

    private Set<String> callers(Set<String> applications) {
        return directory.callers(applications, context.getBundles());
    }

    /** The applications that are between two states. */
    private Set<String> handingOver() {
        return directory.lineup().handovers().keySet().stream()
                .map(context::getBundle)
                .filter(Objects::nonNull)
                .map(bundle -> String.valueOf(bundle.getSymbolicName()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** While callers wait they wait for no more than that services come and go: what else changed of them is told when they go on. */
    Switched switchOver() {
        Switched switched = traffic.switchOver();
        if (switched.vetoedBy().isEmpty()) {
            services.exchange(suspended(), traffic.suspended());
        }
        return switched;
    }

    private Set<Long> suspended() {
        return directory.lineup().only().keySet().stream()
                .filter(id -> {
                    Bundle bundle = context.getBundle(id);
                    return bundle != null && traffic.suspended(String.valueOf(bundle.getSymbolicName()));
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    Waits resume() {
        Waits waits = traffic.resume();
        services.release();
        return waits;
    }

    int drop() {
        if (board.other() == null) {
            return 0;
        }
        int interrupted = board.drop();
        services.drop();
        return interrupted;
    }

    private void changed(ServiceEvent event) {
        switch (event.getType()) {
            case ServiceEvent.REGISTERED -> services.appeared(event.getServiceReference());
            case ServiceEvent.MODIFIED, ServiceEvent.MODIFIED_ENDMATCH ->
                services.modified(event.getServiceReference());
            case ServiceEvent.UNREGISTERING -> services.disappeared(event.getServiceReference());
            default -> {}
        }
    }

    private void changed(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.STOPPED || event.getType() == BundleEvent.UNINSTALLED) {
            // Not when its services go: who holds them hears of that one after the other.
            services.settleFronts();
        }
        if (event.getType() == BundleEvent.UPDATED || event.getType() == BundleEvent.UNINSTALLED) {
            bundles.forget(bundle);
        }
        if (event.getType() == BundleEvent.STOPPED) {
            awaited.forget(bundle.getBundleId());
        }
        if (event.getType() == BundleEvent.UNINSTALLED) {
            services.forget(bundle.getBundleId());
        }
    }
}
