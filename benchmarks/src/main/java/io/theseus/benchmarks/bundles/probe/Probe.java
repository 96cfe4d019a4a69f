// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Calls every {@code Supplier} with a property {@code ways.call} without an end, and hears what happens to bundles. {@code ways:mark}
 * begins to count, {@code ways:counts} prints. A service that goes away counts as a failed call. Thread safety: safe for use by many
 * threads.
 */
@Component(
        immediate = true,
        service = Probe.class,
        property = {"osgi.command.scope=ways", "osgi.command.function=mark", "osgi.command.function=counts"})
public final class Probe implements SynchronousBundleListener {
    private static final int THREADS = 3;
    private static final long PAUSE_NANOS = 500_000;

    private final BundleContext context;
    private final Map<String, Supplier<String>> services = new ConcurrentHashMap<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Tally tally = new Tally();
    private volatile boolean ended;

    @Activate
    public Probe(BundleContext context) {
        this.context = context;
        context.addBundleListener(this);
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::call, "ways-probe-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    @Deactivate
    void end() throws InterruptedException {
        context.removeBundleListener(this);
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, target = "(ways.call=*)")
    void bind(Supplier<String> service, Map<String, Object> properties) {
        services.put(name(properties), service);
    }

    void unbind(Supplier<String> service, Map<String, Object> properties) {
        if (services.remove(name(properties), service)) {
            tally.failed("the service of " + name(properties) + " went away");
        }
    }

    /** The command: counts from now on. */
    public void mark() {
        events.clear();
        answers.clear();
        tally = new Tally();
    }

    /** The command: prints what was counted. */
    public void counts() {
        System.out.print(tally);
        answers.forEach((name, answer) -> System.out.println("answer " + name + " " + answer));
        events.forEach(event -> System.out.println("event " + event));
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        String what = switch (event.getType()) {
            case BundleEvent.STOPPED -> "STOPPED";
            case BundleEvent.UPDATED -> "UPDATED";
            case BundleEvent.UNRESOLVED -> "UNRESOLVED";
            case BundleEvent.UNINSTALLED -> "UNINSTALLED";
            default -> "";
        };
        if (!what.isEmpty()) {
            events.add(what + " " + bundle.getBundleId() + " " + bundle.getSymbolicName() + " " + bundle.getVersion());
        }
    }

    private void call() {
        while (!ended) {
            services.forEach((name, service) -> {
                Tally counted = tally;
                long begin = System.nanoTime();
                try {
                    answers.put(name, service.get());
                } catch (RuntimeException | LinkageError e) {
                    counted.failed(name + ": " + e + (e.getCause() == null ? "" : ", because " + e.getCause()));
                }
                counted.called(System.nanoTime() - begin);
            });
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static String name(Map<String, Object> properties) {
        return String.valueOf(properties.get("ways.call"));
    }
}
