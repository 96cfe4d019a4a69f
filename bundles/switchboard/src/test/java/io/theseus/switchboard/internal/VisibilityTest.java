// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.port.Switchboard.Incoming;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventHook;
import org.osgi.util.tracker.ServiceTracker;
import sample.api.Link;
import sample.api.Starts;
import sample.app.ScriptedActivator;

class VisibilityTest {
    private static final String LINKS = "(objectClass=" + Link.class.getName() + ")";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Container container;
    private BundleContext client;
    private final List<String> heard = new ArrayList<>();

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

    private static List<String> seen(BundleContext looker, Class<?> type) throws Exception {
        ServiceReference<?>[] found = looker.getAllServiceReferences(type.getName(), null);
        return found == null
                ? List.of()
                : Arrays.stream(found).map(r -> r.getBundle().getSymbolicName()).toList();
    }

    private static Hashtable<String, Object> properties(Object... pairs) {
        Hashtable<String, Object> properties = new Hashtable<>();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.put((String) pairs[i], pairs[i + 1]);
        }
        return properties;
    }

    @Test
    void theApplicationSeesItsOwnServiceRawAndOthersTheStableOne() throws Exception {
        Bundle app = container.link("a", "1.0.0");
        app.start();
        Bundle framework = container.install("io.theseus.framework", "1.0.0", Map.of());
        framework.start();

        assertThat(seen(app.getBundleContext(), Link.class)).containsExactly("a");
        assertThat(seen(client, Link.class)).containsExactly("io.theseus.switchboard");
        assertThat(seen(framework.getBundleContext(), Link.class))
                .containsExactlyInAnyOrder("a", "io.theseus.switchboard");
        assertThat(seen(container.system(), Link.class)).containsExactlyInAnyOrder("a", "io.theseus.switchboard");
    }

    @Test
    void listenersHearOfTheStableServiceOnly() throws Exception {
        List<String> heard = new ArrayList<>();
        client.addServiceListener(
                event -> heard.add(event.getType() + " "
                        + event.getServiceReference().getBundle().getSymbolicName()),
                "(objectClass=" + Link.class.getName() + ")");
        Bundle app = container.link("a", "1.0.0");

        app.start();
        app.stop();

        assertThat(heard).containsExactly("1 io.theseus.switchboard", "4 io.theseus.switchboard");
    }

    @Test
    void theApplicationAndReleaseHandlingHearOfTheRawServiceAlsoWhenThatWasInstalledAgain() throws Exception {
        Bundle app = scripted("a", "1.0.0", context -> {
            hear(context, "a");
            context.registerService(Runnable.class, () -> {}, null);
        });
        Bundle first = scripted("io.theseus.framework", "1.0.0", context -> hear(context, "first"));
        first.start();

        app.start();
        app.stop();
        first.uninstall();
        Bundle second = scripted("io.theseus.framework", "2.0.0", context -> hear(context, "second"));
        second.start();
        app.start();
        second.stop();
        app.stop();

        assertThat(heard)
                .filteredOn(line -> line.endsWith(" a"))
                .containsExactlyInAnyOrder("a 1 a", "first 1 a", "first 4 a", "a 1 a", "second 1 a");
    }

    /** Of a raw service: what the framework copies for each listener hook is as small as it can be. */
    @Test
    @SuppressWarnings("deprecation")
    void otherEventHooksAreNotEvenShownWhoMustNotHear() throws Exception {
        List<Set<String>> shown = new ArrayList<>();
        EventHook last = (event, contexts) -> {
            if (event.getServiceReference().getBundle().getSymbolicName().equals("a")) {
                shown.add(contexts.stream()
                        .map(context -> context.getBundle().getSymbolicName())
                        .collect(Collectors.toSet()));
            }
        };
        container.system().registerService(EventHook.class, last, properties("service.ranking", Integer.MIN_VALUE));
        hear(client, "client");
        hear(container.system(), "system");
        Bundle app = scripted("a", "1.0.0", context -> {
            hear(context, "a");
            context.registerService(Runnable.class, () -> {}, null);
        });

        app.start();

        assertThat(shown)
                .containsExactly(Set.of(
                        "a",
                        "io.theseus.switchboard",
                        container.system().getBundle().getSymbolicName()));
        assertThat(heard).doesNotContain("client 1 a").contains("system 1 a", "client 1 io.theseus.switchboard");
    }

    private void hear(BundleContext listener, String name) throws Exception {
        listener.addServiceListener(
                event -> heard.add(name + " " + event.getType() + " "
                        + event.getServiceReference().getBundle().getSymbolicName()),
                "(objectClass=" + Runnable.class.getName() + ")");
    }

    @Test
    void whoComesWithAReleaseHearsOfAServiceThatComesAfterItAndNobodyElseDoes() throws Exception {
        Bundle provider = container.link("provider", "1.0.0");
        provider.start();
        Bundle consumer = scripted("consumer", "1.0.0", context -> {});
        consumer.start();
        Bundle nextProvider = container.link("provider", "2.0.0");
        Bundle nextConsumer = scripted("consumer", "2.0.0", context -> {});
        container.exchange.open(new Incoming(
                Map.of(
                        provider.getBundleId(), nextProvider.getBundleId(),
                        consumer.getBundleId(), nextConsumer.getBundleId()),
                Set.of(),
                Set.of(),
                Map.of()));
        client.addServiceListener(event -> heard.add("client " + event.getType()), LINKS);

        List<Integer> found = container.exchange.traffic().inOther(() -> {
            nextConsumer.start();
            consumer.getBundleContext().addServiceListener(event -> heard.add("1.0.0 " + event.getType()), LINKS);
            ServiceTracker<Link, Link> tracker =
                    new ServiceTracker<>(nextConsumer.getBundleContext(), Link.class, null);
            tracker.open();
            int before = tracker.size();
            nextProvider.start();
            int after = tracker.size();
            nextProvider.stop();
            nextProvider.start();
            return List.of(before, after, tracker.size());
        });

        assertThat(found).containsExactly(0, 1, 1);
        assertThat(heard).isEmpty();
    }

    @Test
    void bundlesThatAreNoApplicationsAreLeftAlone() throws Exception {
        Starts.on(
                "plain 1.0.0",
                context -> context.registerService(Runnable.class, () -> {}, properties("plain", "yes")));
        container
                .install(
                        "plain",
                        "1.0.0",
                        Map.of("Bundle-Activator", ScriptedActivator.class.getName()),
                        ScriptedActivator.class)
                .start();

        ServiceReference<?>[] found = client.getServiceReferences(Runnable.class.getName(), "(plain=yes)");

        assertThat(found)
                .singleElement()
                .satisfies(r -> assertThat(r.getBundle().getSymbolicName()).isEqualTo("plain"));
    }

    @Test
    void aDeclaredBundleIsAnApplicationFromThenOn() throws Exception {
        Starts.on("third 1.0.0", context -> context.registerService(Supplier.class, () -> "x", null));
        Bundle third = container.install(
                "third",
                "1.0.0",
                Map.of("Bundle-Activator", ScriptedActivator.class.getName()),
                ScriptedActivator.class);
        container.exchange.declare(Set.of("third"));
        third.start();

        assertThat(seen(client, Supplier.class)).containsExactly("io.theseus.switchboard");
        container.exchange.declare(Set.of());
        assertThat(seen(client, Supplier.class)).containsExactly("third");
        assertThat(container.exchange.applications()).isEmpty();
    }

    @Test
    void aServiceUnderAClassStaysRawAndIsNamed() throws Exception {
        scripted("app", "1.0.0", context -> {
                    context.registerService(Thread.class, new Thread(), null);
                    context.registerService(Supplier.class, () -> "x", null);
                })
                .start();

        assertThat(seen(client, Thread.class)).containsExactly("app");
        assertThat(seen(client, Supplier.class)).containsExactly("io.theseus.switchboard");
        assertThat(container.exchange.applications().get("app").services()).isEqualTo(1);
        assertThat(container.exchange.applications().get("app").raw())
                .containsExactly("the service under java.lang.Thread is left alone: is a class");
    }

    @Test
    void whoAsksForAnInfrastructureTypeStillSeesTheRawService() throws Exception {
        class Target implements FrameworkListener, Supplier<String> {
            @Override
            public void frameworkEvent(FrameworkEvent event) {
                assertThat(event).isNotNull();
            }

            @Override
            public String get() {
                return "x";
            }
        }
        scripted(
                        "app",
                        "1.0.0",
                        context -> context.registerService(
                                new String[] {Supplier.class.getName(), FrameworkListener.class.getName()},
                                new Target(),
                                null))
                .start();

        assertThat(seen(client, Supplier.class)).containsExactly("io.theseus.switchboard");
        assertThat(seen(client, FrameworkListener.class)).containsExactly("app");
    }

    @Test
    void propertiesAreCopiedAndChangeWithTheSwitch() throws Exception {
        ServiceRegistration<?>[] first = new ServiceRegistration<?>[1];
        Bundle old = scripted(
                "app",
                "1.0.0",
                context -> first[0] = context.registerService(
                        Supplier.class,
                        () -> "1",
                        properties("formula", "old", "service.ranking", 7, "component.id", 3L)));
        Bundle next = scripted(
                "app",
                "2.0.0",
                context -> context.registerService(
                        Supplier.class, () -> "2", properties("formula", "new", "component.id", 4L)));
        old.start();
        ServiceReference<?> stable = client.getServiceReference(Supplier.class);
        List<Integer> events = new ArrayList<>();
        client.addServiceListener(e -> events.add(e.getType()), "(objectClass=" + Supplier.class.getName() + ")");

        assertThat(stable.getProperty("formula")).isEqualTo("old");
        assertThat(stable.getProperty("service.ranking")).isEqualTo(7);
        assertThat(stable.getProperty("component.id")).isNull();
        assertThat(stable.getProperty("theseus.application")).isEqualTo("app");
        first[0].setProperties(properties("formula", "older"));
        assertThat(stable.getProperty("formula")).isEqualTo("older");
        container.bring(Map.of(old, next));
        assertThat(stable.getProperty("formula")).isEqualTo("older");
        container.exchange.warm();
        container.exchange.switchOver();
        assertThat(stable.getProperty("formula")).isEqualTo("new");
        container.exchange.switchOver();
        assertThat(stable.getProperty("formula")).isEqualTo("older");
        assertThat(events).containsExactly(2, 2, 2);
    }

    @Test
    void whileCallersWaitNobodyIsToldOfChangedProperties() throws Exception {
        Bundle old = scripted(
                "app",
                "1.0.0",
                context -> context.registerService(Supplier.class, () -> "1", properties("formula", "old")));
        Bundle next = scripted(
                "app",
                "2.0.0",
                context -> context.registerService(Supplier.class, () -> "2", properties("formula", "new")));
        old.start();
        ServiceReference<?> stable = client.getServiceReference(Supplier.class);
        List<Integer> events = new ArrayList<>();
        client.addServiceListener(e -> events.add(e.getType()));
        container.bring(Map.of(old, next));
        container.exchange.warm();
        assertThat(container.exchange.suspend(Set.of("app"), LIMIT, LIMIT)).isEmpty();

        container.exchange.switchOver();
        assertThat(stable.getProperty("formula")).isEqualTo("old");
        assertThat(events).isEmpty();

        container.exchange.resume();
        assertThat(stable.getProperty("formula")).isEqualTo("new");
        assertThat(events).containsExactly(ServiceEvent.MODIFIED);
    }

    @Test
    void aServiceThatComesOrGoesIsToldWhileCallersWait() throws Exception {
        Bundle old = container.link("a", "1.0.0");
        Bundle gone = container.link("gone", "1.0.0");
        old.start();
        gone.start();
        Bundle next = container.link("a", "2.0.0");
        Bundle extra = container.link("extra", "1.0.0");
        container.exchange.open(new Incoming(
                Map.of(old.getBundleId(), next.getBundleId()),
                Set.of(extra.getBundleId()),
                Set.of(gone.getBundleId()),
                Map.of()));
        extra.start();
        next.start();
        container.exchange.warm();
        assertThat(container.exchange.suspend(Set.of("a"), LIMIT, LIMIT)).isEmpty();
        ServiceTracker<Link, Link> tracker =
                new ServiceTracker<>(client, client.createFilter("(&(objectClass=sample.api.Link)(name=extra))"), null);
        tracker.open();
        assertThat(tracker.size()).isZero();

        container.exchange.switchOver();

        assertThat(tracker.size()).isEqualTo(1);
        assertThat(client.getServiceReferences(Link.class, "(name=gone)")).isEmpty();
        container.exchange.resume();
    }

    @Test
    void whoWaitsForAServiceOfItsOwnIsNotToldOfTheStableOneItDoesNotSee() throws Exception {
        Starts.Start start = context -> {
            context.addServiceListener(event -> {}, "(objectClass=" + Supplier.class.getName() + ")");
            context.registerService(Supplier.class, () -> "1", properties());
        };
        Bundle old = scripted("app", "1.0.0", start);
        Bundle next = scripted("app", "2.0.0", start);
        old.start();
        List<Integer> events = new ArrayList<>();
        container.system().addServiceListener(e -> events.add(e.getType()), "(theseus.service=*)");

        container.bring(Map.of(old, next));

        assertThat(events).isEmpty();
    }

    @Test
    void nothingIsToldWhenPropertiesStayTheSame() throws Exception {
        Bundle old = scripted(
                "app",
                "1.0.0",
                context -> context.registerService(Supplier.class, () -> "1", properties("many", new String[] {"a"})));
        Bundle next = scripted(
                "app",
                "2.0.0",
                context -> context.registerService(Supplier.class, () -> "2", properties("many", new String[] {"a"})));
        old.start();
        List<Integer> events = new ArrayList<>();
        client.addServiceListener(e -> events.add(e.getType()));

        container.bring(Map.of(old, next));
        container.exchange.warm();
        container.exchange.switchOver();
        container.exchange.drop();

        assertThat(events).isEmpty();
    }

    @Test
    void aServiceOnlyTheIncomingSideOffersIsSeenByItAloneUntilTheSwitch() throws Exception {
        Bundle old = container.link("a", "1.0.0");
        old.start();
        Bundle next = container.link("a", "2.0.0");
        Bundle extra = container.link("extra", "1.0.0");
        Bundle looker = scripted("looker", "1.0.0", context -> {});
        ServiceTracker<Link, Link> tracker =
                new ServiceTracker<>(client, client.createFilter("(&(objectClass=sample.api.Link)(name=extra))"), null);
        tracker.open();
        container.exchange.open(new Incoming(
                Map.of(old.getBundleId(), next.getBundleId()),
                Set.of(extra.getBundleId(), looker.getBundleId()),
                Set.of(),
                Map.of()));
        extra.start();
        next.start();
        looker.start();

        assertThat(client.getServiceReferences(Link.class, "(name=extra)")).isEmpty();
        assertThat(looker.getBundleContext().getServiceReferences(Link.class, "(name=extra)"))
                .hasSize(1);
        assertThat(container
                        .exchange
                        .traffic()
                        .inOther(() -> Container.link(looker.getBundleContext(), "extra")
                                .walk()))
                .containsExactly("1.0.0");
        container.exchange.warm();
        container.exchange.switchOver();
        assertThat(tracker.size()).isEqualTo(1);
        assertThat(client.getServiceReferences(Link.class, "(name=extra)")).hasSize(1);
        container.exchange.switchOver();
        assertThat(client.getServiceReferences(Link.class, "(name=extra)")).isEmpty();
        container.exchange.drop();
        assertThat(tracker.size()).isZero();
    }

    @Test
    void aServiceTheSuccessorDoesNotOfferGoesAfterTheDrain() throws Exception {
        Bundle old = container.link("gone", "1.0.0");
        old.start();
        Link link = Container.link(client, "gone");
        ServiceTracker<Link, Link> tracker = new ServiceTracker<>(client, Link.class, null);
        tracker.open();
        container.exchange.open(new Incoming(Map.of(), Set.of(), Set.of(old.getBundleId()), Map.of()));

        container.exchange.switchOver();

        assertThat(client.getServiceReferences(Link.class, null)).isEmpty();
        assertThat(tracker.size()).isEqualTo(1);
        assertThat(container.exchange.traffic().awaitIdle(LIMIT)).isEmpty();
        container.exchange.switchOver();
        assertThat(link.walk()).containsExactly("1.0.0");
        assertThat(client.getServiceReferences(Link.class, null)).hasSize(1);
        container.exchange.switchOver();
        container.exchange.drop();
        assertThat(tracker.size()).isZero();
    }

    @Test
    void servicesHandedOutBeforeStayRawUntilTheirApplicationIsRestarted(@TempDir Path storage) throws Exception {
        Container late = new Container(storage);
        Bundle used = late.link("used", "1.0.0");
        Bundle unused = late.link("unused", "1.0.0");
        used.start();
        unused.start();
        BundleContext consumer = late.client();
        ServiceReference<Link> held = Container.reference(consumer, "used");
        assertThat(consumer.getService(held)).isNotNull();

        Exchange exchange = late.switchboard();

        assertThat(Container.reference(consumer, "used").getBundle()).isEqualTo(used);
        assertThat(Container.reference(consumer, "unused").getBundle()).isNotEqualTo(unused);
        assertThat(exchange.applications().get("used").raw())
                .singleElement()
                .asString()
                .contains("handed out before");
        assertThat(exchange.applications().get("unused").raw()).isEmpty();
        used.stop();
        used.start();
        assertThat(Container.reference(consumer, "used").getBundle()).isNotEqualTo(used);
        assertThat(exchange.applications().get("used").raw()).isEmpty();
        late.close();
    }

    @Test
    void whenTheSwitchboardGoesRawServicesAreBack() throws Exception {
        Bundle app = container.link("a", "1.0.0");
        app.start();
        ServiceTracker<Link, Link> tracker = new ServiceTracker<>(client, Link.class, null);
        tracker.open();

        container.exchange.close();

        assertThat(tracker.size()).isZero();
        assertThat(Container.reference(client, "a").getBundle()).isEqualTo(app);
        assertThat(Container.reference(client, "a").getUsingBundles()).isNull();
        container.switchboard();
        assertThat(Container.reference(client, "a").getBundle()).isNotEqualTo(app);
    }
}
