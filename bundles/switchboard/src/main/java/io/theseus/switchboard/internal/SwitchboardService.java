// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import io.theseus.api.Calls;
import io.theseus.port.Switchboard;
import io.theseus.release.Problem;
import io.theseus.release.Status.BusyCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The switchboard as a component: passes everything on to {@link Exchange}. */
@Component(
        service = {Switchboard.class, Calls.class},
        immediate = true)
public final class SwitchboardService implements Switchboard, Calls {
    private final Exchange exchange;
    private final Calls calls;

    /** Further types that stay raw and may exist twice. */
    @interface Config {
        /** Names of interfaces that are about the bundle that registers them. */
        String[] infrastructure() default {};
    }

    @Activate
    public SwitchboardService(BundleContext context, Config config) {
        exchange = new Exchange(context, Set.of(config.infrastructure()));
        calls = exchange.calls();
        exchange.open();
    }

    @Deactivate
    void close() {
        exchange.close();
    }

    @Override
    public void declare(Set<String> symbolicNames) {
        exchange.declare(symbolicNames);
    }

    @Override
    public Map<String, Line> applications() {
        return exchange.applications();
    }

    @Override
    public Set<String> early() {
        return exchange.early();
    }

    @Override
    public List<Holder> holders() {
        return exchange.holders();
    }

    @Override
    public void front(Set<String> applications) {
        exchange.front(applications);
    }

    @Override
    public void unfront(Set<String> applications) {
        exchange.unfront(applications);
    }

    @Override
    public void open(Incoming incoming) {
        exchange.open(incoming);
    }

    @Override
    public <T> T throughGates(Callable<T> task) throws Exception {
        return exchange.traffic().throughGates(task);
    }

    @Override
    public <T> T inOther(Callable<T> task) throws Exception {
        return exchange.traffic().inOther(task);
    }

    @Override
    public List<Problem> warm() {
        return exchange.warm();
    }

    @Override
    public List<BusyCall> suspend(Set<String> applications, Duration drain, Duration gate) {
        return exchange.suspend(applications, drain, gate);
    }

    @Override
    public Switched switchOver() {
        return exchange.switchOver();
    }

    @Override
    public Waits resume() {
        return exchange.resume();
    }

    @Override
    public List<BusyCall> awaitIdle(Duration limit) {
        return exchange.traffic().awaitIdle(limit);
    }

    @Override
    public List<BusyCall> busy() {
        return exchange.traffic().busy();
    }

    @Override
    public int drop() {
        return exchange.drop();
    }

    @Override
    public Runnable wrap(Runnable task) {
        return calls.wrap(task);
    }

    @Override
    public <V> Callable<V> wrap(Callable<V> task) {
        return calls.wrap(task);
    }

    @Override
    public <V> Supplier<V> wrap(Supplier<V> task) {
        return calls.wrap(task);
    }

    @Override
    public Executor wrap(Executor executor) {
        return calls.wrap(executor);
    }

    @Override
    public void safePoint() {
        calls.safePoint();
    }
}
