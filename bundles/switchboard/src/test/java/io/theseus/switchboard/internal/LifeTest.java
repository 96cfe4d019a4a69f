// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.api.ServiceSuspendedException;
import io.theseus.port.Switchboard.Incoming;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.ServiceTracker;
import sample.api.Link;
import sample.api.Starts;
import sample.app.ScriptedActivator;

/** Scopes, restarts, fresh starts, and that nothing is left of what was purged. */
class LifeTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Container container;
    private BundleContext client;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        container.switchboard();
        client = container.client();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private Bundle scripted(String name, String version, Starts.Start start) throws Exception {
        Starts.on(name + " " + version, start);
        return container.application(name, version, ScriptedActivator.class);
    }

    /** Says whom it was made for and what became of it. */
    private final class PerBundle implements ServiceFactory<Supplier<?>> {
        private final String version;

        PerBundle(String version) {
            this.version = version;
        }

        @Override
        public Supplier<?> getService(Bundle bundle, ServiceRegistration<Supplier<?>> registration) {
            log.add("get " + version + " " + bundle.getSymbolicName());
            return () -> version + " for " + bundle.getSymbolicName();
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<Supplier<?>> registration, Supplier<?> service) {
            log.add("unget " + version + " " + bundle.getSymbolicName());
        }
    }

    @Test
    void aBundleScopedServiceIsObtainedInTheContextOfItsConsumer() throws Exception {
        Bundle old =
                scripted("app", "1.0.0", c -> c.registerService(Supplier.class.getName(), new PerBundle("1"), null));
        Bundle next =
                scripted("app", "2.0.0", c -> c.registerService(Supplier.class.getName(), new PerBundle("2"), null));
        old.start();
        Bundle second = container.install("second", "1.0.0", Map.of());
        second.start();
        ServiceReference<?> reference = client.getServiceReference(Supplier.class);
        Supplier<?> mine = (Supplier<?>) client.getService(reference);
        Supplier<?> theirs = (Supplier<?>) second.getBundleContext().getService(reference);

        assertThat(reference.getProperty("service.scope")).isEqualTo("bundle");
        assertThat(mine).isNotSameAs(theirs);
        assertThat(mine.get()).isEqualTo("1 for client");
        assertThat(theirs.get()).isEqualTo("1 for second");
        container.bring(Map.of(old, next));
        assertThat(container.exchange.warm()).isEmpty();
        assertThat(log).containsExactlyInAnyOrder("get 1 client", "get 1 second", "get 2 client", "get 2 second");
        container.exchange.switchOver();
        assertThat(mine.get()).isEqualTo("2 for client");
        container.exchange.drop();
        assertThat(log).contains("unget 1 client", "unget 1 second");
        client.ungetService(reference);
        assertThat(log).contains("unget 2 client").doesNotContain("unget 2 second");
        second.stop();
        assertThat(log).contains("unget 2 second");
    }

    /** A target for each request. */
    private final class PerRequest implements PrototypeServiceFactory<Supplier<?>> {
        @Override
        public Supplier<?> getService(Bundle bundle, ServiceRegistration<Supplier<?>> registration) {
            Object instance = new Object();
            return () -> instance;
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<Supplier<?>> registration, Supplier<?> service) {
            log.add("unget " + bundle.getSymbolicName());
        }
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"})
    void aPrototypeIsMadeForEachRequest() throws Exception {
        scripted("app", "1.0.0", c -> c.registerService(Supplier.class.getName(), new PerRequest(), null))
                .start();
        ServiceReference<Supplier> reference = client.getServiceReference(Supplier.class);
        ServiceObjects<Supplier> objects = client.getServiceObjects(reference);

        Supplier<?> one = objects.getService();
        Supplier<?> two = objects.getService();

        assertThat(reference.getProperty("service.scope")).isEqualTo("prototype");
        assertThat(one.get()).isNotSameAs(two.get()).isSameAs(one.get());
        objects.ungetService((Supplier) one);
        assertThat(log).containsExactly("unget client");
        objects.ungetService((Supplier) two);
    }

    @Test
    void aServiceThatRefusesIsRefusedToTheConsumer() throws Exception {
        scripted(
                        "app",
                        "1.0.0",
                        c -> c.registerService(
                                Supplier.class.getName(),
                                new ServiceFactory<Supplier<?>>() {
                                    @Override
                                    public Supplier<?> getService(Bundle b, ServiceRegistration<Supplier<?>> r) {
                                        return null;
                                    }

                                    @Override
                                    public void ungetService(
                                            Bundle b, ServiceRegistration<Supplier<?>> r, Supplier<?> s) {}
                                },
                                null))
                .start();

        assertThat(client.getService(client.getServiceReference(Supplier.class)))
                .isNull();
    }

    @Test
    void aRestartBehindTheGateKeepsTheServiceAndItsCallersWait() throws Exception {
        Bundle old = container.link("a", "1.0.0");
        old.start();
        Bundle next = container.link("a", "2.0.0");
        ServiceTracker<Link, Link> tracker = new ServiceTracker<>(client, Link.class, null);
        tracker.open();
        Link link = tracker.getService();
        int count = tracker.getTrackingCount();
        container.exchange.open(
                new Incoming(Map.of(old.getBundleId(), next.getBundleId()), Set.of(), Set.of(), Map.of()));
        assertThat(container.exchange.suspend(Set.of("a"), LIMIT, LIMIT)).isEmpty();
        CompletableFuture<List<String>> call = CompletableFuture.supplyAsync(link::walk);
        old.stop();
        container.exchange.switchOver();
        next.start();

        assertThat(container.exchange.resume().failed()).isZero();

        assertThat(call.join()).containsExactly("2.0.0");
        assertThat(tracker.getService()).isSameAs(link);
        assertThat(tracker.size()).isEqualTo(1);
        assertThat(tracker.getTrackingCount()).isEqualTo(count + 1);
        container.exchange.drop();
        assertThat(link.walk()).containsExactly("2.0.0");
    }

    @Test
    void aServiceThatDoesNotComeBackAfterARestartGoesWhenTheGateOpens() throws Exception {
        Bundle old = container.link("a", "1.0.0");
        old.start();
        ServiceTracker<Link, Link> tracker = new ServiceTracker<>(client, Link.class, null);
        tracker.open();
        Link link = tracker.getService();
        container.exchange.suspend(Set.of("a"), LIMIT, LIMIT);

        old.stop();

        assertThat(tracker.size()).isEqualTo(1);
        container.exchange.resume();
        assertThat(tracker.size()).isZero();
        assertThatThrownBy(link::walk).isInstanceOf(ServiceSuspendedException.class);
    }

    @Test
    void outsideOfAnUpgradeServicesComeAndGoLikeAlways() throws Exception {
        Bundle app = container.link("a", "1.0.0");
        app.start();
        ServiceTracker<Link, Link> tracker = new ServiceTracker<>(client, Link.class, null);
        tracker.open();

        app.stop();

        assertThat(tracker.size()).isZero();
        app.start();
        assertThat(tracker.getService().walk()).containsExactly("1.0.0");
    }

    /** A stateful component. */
    private final class Stateful implements CodeChange<String>, Supplier<String> {
        @Override
        public String suspend() {
            return "state";
        }

        @Override
        public void codeChange(String state, Change change) {}

        @Override
        public void resume() {
            log.add("resumed");
        }

        @Override
        public String get() {
            return "x";
        }
    }

    private void registerStateful(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("component.name", "ledger.Accounts");
        context.registerService(
                new String[] {Supplier.class.getName(), CodeChange.class.getName()}, new Stateful(), properties);
    }

    @Test
    void aFreshStatefulComponentIsResumedBeforeItIsSeenAndOnlyOnce() throws Exception {
        client.addServiceListener(event -> log.add("seen"), "(objectClass=java.util.function.Supplier)");
        scripted("app", "1.0.0", this::registerStateful).start();

        assertThat(log).containsExactly("resumed", "seen");
        ServiceReference<?> stable = client.getServiceReference(Supplier.class);
        assertThat((String[]) stable.getProperty("objectClass")).containsExactly(Supplier.class.getName());
        container.exchange.close();
        container.switchboard();
        assertThat(log.stream().filter("resumed"::equals)).hasSize(1);
    }

    @Test
    void aComponentThatWillBeHandedAStateIsNotResumed() throws Exception {
        Bundle old = scripted("app", "1.0.0", this::registerStateful);
        Bundle next = scripted("app", "2.0.0", this::registerStateful);
        old.start();
        container.exchange.open(new Incoming(
                Map.of(old.getBundleId(), next.getBundleId()),
                Set.of(),
                Set.of(),
                Map.of(next.getBundleId(), Set.of("ledger.Accounts"))));

        next.start();

        assertThat(log).containsExactly("resumed");
    }

    @Test
    void aComponentThatDoesNotResumeIsNotSeen() throws Exception {
        scripted(
                        "app",
                        "1.0.0",
                        context -> context.registerService(
                                new String[] {Supplier.class.getName(), CodeChange.class.getName()},
                                new NeverResumes(),
                                null))
                .start();

        assertThat(client.getServiceReference(Supplier.class)).isNull();
    }

    private static final class NeverResumes implements CodeChange<String>, Supplier<String> {
        @Override
        public String suspend() {
            return "";
        }

        @Override
        public void codeChange(String state, Change change) {}

        @Override
        public void resume() throws Exception {
            throw new IOException("port taken");
        }

        @Override
        public String get() {
            return "x";
        }
    }

    @Test
    void nothingOfAPurgedVersionStaysReachable() throws Exception {
        Bundle old = container.link("a", "1.0.0");
        old.start();
        Bundle next = container.link("a", "2.0.0");
        Link link = Container.link(client, "a");
        assertThat(link.walk()).containsExactly("1.0.0");
        WeakReference<ClassLoader> loader =
                new WeakReference<>(old.adapt(BundleWiring.class).getClassLoader());
        container.bring(Map.of(old, next));
        container.exchange.warm();
        container.exchange.suspend(Set.of("a"), LIMIT, LIMIT);
        container.exchange.switchOver();
        container.exchange.resume();
        assertThat(link.walk()).containsExactly("2.0.0");
        container.exchange.drop();
        old.uninstall();
        old = null;

        await().atMost(LIMIT).until(() -> {
            System.gc();
            return loader.get() == null;
        });
        assertThat(link.walk()).containsExactly("2.0.0");
    }
}
