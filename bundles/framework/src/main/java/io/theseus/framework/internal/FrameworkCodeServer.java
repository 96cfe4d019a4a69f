// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.port.CodeServer;
import io.theseus.port.Snapshot;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.bundle.EventHook;
import org.osgi.framework.hooks.bundle.FindHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code server: each port method finds its bundle here and does its work in the class named after that. */
@Component(service = CodeServer.class, configurationPid = "io.theseus.framework")
public final class FrameworkCodeServer implements CodeServer {
    private static final Logger LOG = LoggerFactory.getLogger("io.theseus.framework");
    private final Framework framework;
    private final SnapshotTaker snapshots;
    private final Installing installing;
    private final Resolving resolving;
    private final Loading loading = Loading.here();
    private final Starting starting;
    private final Refreshing refreshing;
    private final Barring barring;
    private final Reclaiming reclaiming;
    private final UsageRecords usages;
    private final ComponentHealth health;
    private final Apart apart = new Apart();
    private final List<ServiceRegistration<?>> hooks;
    private volatile Sticky sticky;

    @Activate
    public FrameworkCodeServer(BundleContext context, Map<String, Object> properties) {
        framework = new Framework(context);
        sticky = Sticky.of(properties, FrameworkCodeServer::complain);
        snapshots = new SnapshotTaker(framework, () -> sticky);
        Twins twins = new Twins();
        installing = new Installing(framework, twins);
        resolving = new Resolving(framework);
        starting = new Starting(framework);
        refreshing = new Refreshing(framework);
        barring = new Barring(framework, starting);
        reclaiming = new Reclaiming(framework);
        usages = UsageRecords.of(framework.system());
        health = new ComponentHealth(framework, new ConfigurationLocations(framework));
        hooks = List.of(
                context.registerService(CollisionHook.class, twins, null),
                context.registerService(ResolverHookFactory.class, apart, null),
                context.registerService(
                        new String[] {FindHook.class.getName(), EventHook.class.getName()},
                        new OutOfSight(apart),
                        null));
        barring.recover();
    }

    // With this method a changed configuration is no reason to start anew.
    @Modified
    void configure(Map<String, Object> properties) {
        sticky = Sticky.of(properties, FrameworkCodeServer::complain);
    }

    private static void complain(String what) {
        LOG.warn("etc/io.theseus.framework.cfg: {}", what);
    }

    @Deactivate
    void close() {
        hooks.forEach(ServiceRegistration::unregister);
    }

    @Override
    public Snapshot snapshot() {
        return snapshots.take();
    }

    @Override
    public long install(BundleSpec bundle, Path file) {
        return installing.install(bundle, file);
    }

    @Override
    public long installAgain(BundleSpec bundle, long twin, Path file) {
        return installing.again(bundle, framework.bundle(twin), file);
    }

    @Override
    public long installAnother(BundleSpec bundle, Path file) {
        return installing.another(bundle, file);
    }

    @Override
    public boolean holds(long bundle, Path file) {
        return Installing.holds(framework.bundle(bundle), file);
    }

    @Override
    public void separate(Set<Long> old, Set<Long> incoming) {
        apart.separate(old, incoming);
    }

    @Override
    public void resolve(Collection<Long> bundles) {
        resolving.resolve(bundles.stream().map(framework::bundle).toList());
    }

    @Override
    public int load(long bundle, long like) {
        return loading.load(framework.bundle(bundle), framework.bundle(like));
    }

    @Override
    public void start(long bundle, Start how) {
        starting.start(framework.bundle(bundle), how);
    }

    @Override
    public void stop(long bundle) {
        framework.find(bundle).filter(Starting::isStarted).ifPresent(found -> {
            health.remember(found);
            starting.stop(found);
        });
    }

    @Override
    public boolean reached(int startLevel) {
        return framework.startLevel() >= startLevel;
    }

    @Override
    public void persist(long bundle, Start how) {
        starting.persist(framework.bundle(bundle), how);
    }

    @Override
    public void bar(Set<Long> bundles) {
        bundles.forEach(id -> framework.find(id).ifPresent(barring::bar));
    }

    @Override
    public void unbar(Set<Long> bundles) {
        bundles.forEach(id -> framework.find(id).ifPresent(barring::unbar));
    }

    @Override
    public void uninstall(long bundle) {
        framework.find(bundle).ifPresent(this::uninstall);
    }

    private void uninstall(Bundle bundle) {
        reclaiming.watch(bundle);
        try {
            bundle.uninstall();
            usages.forget(bundle);
            health.forget(bundle);
        } catch (BundleException e) {
            throw new IllegalStateException(
                    Framework.describe(bundle) + " can not be uninstalled: " + Causes.text(e), e);
        }
    }

    @Override
    public List<Problem> unmet(Set<Long> bundles, Set<Long> gone) {
        return resolving.unmet(bundles, gone);
    }

    @Override
    public List<Problem> refresh(Set<Long> bundles, Set<Long> gone, Duration limit) {
        return refreshing.refresh(bundles, gone, limit);
    }

    @Override
    public Map<Long, List<Problem>> inactiveComponents(Set<Long> bundles) {
        return health.of(bundles.stream().map(framework::bundle).toList());
    }

    @Override
    public List<String> unreclaimed() {
        return reclaiming.unreclaimed();
    }

    @Override
    public List<String> reclaim(Duration limit) {
        return reclaiming.reclaim(limit);
    }

    @Override
    public Set<Long> working() {
        return framework.bundles().stream()
                .filter(Working::is)
                .map(Bundle::getBundleId)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Watch watch() {
        return BundleWatch.begin(framework);
    }
}
