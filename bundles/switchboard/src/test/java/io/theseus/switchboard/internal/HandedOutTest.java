// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import sample.api.Link;

/** Services that others hold when the switchboard comes. */
class HandedOutTest {
    private Container container;
    private Bundle app;
    private BundleContext consumer;
    private ServiceTracker<Link, Link> tracker;

    @BeforeEach
    void comeLate(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        app = container.link("app", "1.0.0");
        app.start();
        consumer = container.client();
        tracker = new ServiceTracker<>(consumer, Link.class, null);
        tracker.open();
        container.switchboard();
    }

    @AfterEach
    void close() throws Exception {
        tracker.close();
        container.close();
    }

    private boolean tracksRaw() {
        return List.of(tracker.getServiceReferences()).stream()
                .anyMatch(reference -> app.equals(reference.getBundle()));
    }

    @Test
    void whoHoldsThemIsKnown() {
        assertThat(container.exchange.holders()).singleElement().satisfies(holder -> {
            assertThat(holder.application()).isEqualTo("app");
            assertThat(holder.service()).isEqualTo(Link.class.getName());
            assertThat(holder.bundle()).isEqualTo(consumer.getBundle().getBundleId());
            assertThat(holder.best()).isFalse();
        });
    }

    @Test
    void aStableOneInFrontIsFoundAndPreferredAndTheRawOneStays() throws Exception {
        container.exchange.front(Set.of("app"));

        assertThat(tracker.size()).isEqualTo(2);
        assertThat(tracker.getServiceReference().getBundle()).isNotEqualTo(app);
        assertThat(consumer.getServiceReferences(Link.class, null))
                .singleElement()
                .satisfies(found -> assertThat(found.getBundle()).isNotEqualTo(app));
        assertThat(tracksRaw()).isTrue();
        assertThat(tracker.getService().walk()).containsExactly("1.0.0");
        assertThat(container.exchange.applications().get("app").raw()).isEmpty();
        assertThat(container.exchange.applications().get("app").services()).isEqualTo(1);
    }

    @Test
    void takenBackEverythingIsAsItWas() throws Exception {
        ServiceReference<Link> raw = tracker.getServiceReference();

        container.exchange.front(Set.of("app"));
        container.exchange.unfront(Set.of("app"));

        assertThat(tracker.getServiceReferences()).containsExactly(raw);
        assertThat(consumer.getServiceReferences(Link.class, null)).containsExactly(raw);
        assertThat(container.exchange.applications().get("app").raw())
                .singleElement()
                .asString()
                .contains("handed out before", "application:adopt");
        container.exchange.front(Set.of("app"));
        assertThat(tracker.size()).isEqualTo(2);
    }

    /** It knows the raw service, and gets it when it needs it. */
    @Test
    void whoOnlyKnowsItIsToldThatItGoesToo(@TempDir Path storage) throws Exception {
        Container late = new Container(storage);
        Bundle unused = late.link("unused", "1.0.0");
        unused.start();
        BundleContext client = late.client();
        ServiceTracker<Link, ServiceReference<Link>> knows = new ServiceTracker<>(client, Link.class, null) {
            @Override
            public ServiceReference<Link> addingService(ServiceReference<Link> reference) {
                return reference;
            }
        };
        knows.open();
        late.switchboard();
        assertThat(late.exchange.early()).containsExactly("unused");
        assertThat(late.exchange.holders()).isEmpty();
        assertThat(knows.size()).isEqualTo(2);

        unused.stop();

        assertThat(knows.size()).isZero();
        assertThat(late.exchange.early()).isEmpty();
        knows.close();
        late.close();
    }

    @Test
    void onlyTheOnesNamedAreChanged() {
        container.exchange.front(Set.of("another"));

        assertThat(tracker.size()).isEqualTo(1);
        assertThat(container.exchange.applications().get("app").raw()).hasSize(1);
    }

    @Test
    void whoTakesABetterServiceOfSomebodyElseGoesOnTakingIt() {
        Link other = (Link) Proxy.newProxyInstance(
                Link.class.getClassLoader(), new Class<?>[] {Link.class}, (proxy, method, args) -> List.of("other"));
        ServiceReference<?> better = consumer.registerService(
                        Link.class, other, FrameworkUtil.asDictionary(Map.of("service.ranking", 1)))
                .getReference();

        container.exchange.front(Set.of("app"));

        assertThat(tracker.getServiceReference()).isEqualTo(better);
    }

    /** A second copy of the application takes the place of the one whose services were handed out. */
    @Test
    void aCopyTakesOverWithoutAFailedCall() throws Exception {
        Callers callers = new Callers();
        Bundle copy = container.link("app", "1.0.1");

        callers.goOn();
        container.exchange.front(Set.of("app"));
        container.bring(Map.of(app, copy));
        assertThat(container.exchange.warm()).isEmpty();
        callers.goOn();
        container.exchange.switchOver();
        assertThat(tracker.getService().walk()).containsExactly("1.0.1");
        container.exchange.drop();
        assertThat(tracker.getServiceReference().getProperty("service.ranking")).isEqualTo(1);
        app.uninstall();
        callers.goOn();

        assertThat(callers.stop()).isEmpty();
        assertThat(tracker.getServiceReferences()).hasSize(1);
        assertThat(tracker.getServiceReference().getProperty("service.ranking")).isNull();
        assertThat(container.exchange.holders()).isEmpty();
    }

    /** It can not run twice: it stops behind closed gates, and starts again. */
    @Test
    void oneThatRestartsIsWaitedFor() throws Exception {
        container.exchange.front(Set.of("app"));
        Link link = tracker.getService();
        container.exchange.suspend(Set.of("app"), Duration.ofSeconds(5), Duration.ofSeconds(5));
        Future<List<String>> waiting = Executors.newSingleThreadExecutor().submit(link::walk);

        app.stop();
        assertThat(tracker.size()).isEqualTo(1);
        app.start();
        container.exchange.resume();

        assertThat(waiting.get()).containsExactly("1.0.0");
        assertThat(tracker.getServiceReferences())
                .singleElement()
                .satisfies(reference -> assertThat(reference.getBundle()).isNotEqualTo(app));
        assertThat(tracker.getServiceReference().getProperty("service.ranking")).isNull();
    }

    /** Calls through the tracker all the time. */
    private final class Callers {
        final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        final AtomicLong calls = new AtomicLong();
        final AtomicBoolean stopped = new AtomicBoolean();
        final Thread thread = new Thread(this::call, "caller");

        Callers() {
            thread.start();
        }

        void call() {
            while (!stopped.get()) {
                try {
                    tracker.getService().walk();
                } catch (RuntimeException e) {
                    failures.add(e.toString());
                }
                calls.incrementAndGet();
            }
        }

        void goOn() {
            long before = calls.get();
            Awaitility.await().until(() -> calls.get() > before + 100);
        }

        List<String> stop() throws InterruptedException {
            stopped.set(true);
            thread.join();
            return List.copyOf(failures);
        }
    }
}
