// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.port.Switchboard.Switched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import sample.api.Link;

class SwitchTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Container container;
    private Bundle a1;
    private Bundle b1;
    private Bundle c1;
    private Bundle a2;
    private Bundle b2;
    private Bundle c2;
    private BundleContext client;

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        container.switchboard();
        a1 = container.link("a", "1.0.0", "b");
        b1 = container.link("b", "1.0.0", "c");
        c1 = container.link("c", "1.0.0");
        c1.start();
        b1.start();
        a1.start();
        a2 = container.link("a", "2.0.0", "b");
        b2 = container.link("b", "2.0.0", "c");
        c2 = container.link("c", "2.0.0");
        client = container.client();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    @Test
    void callsGoThroughStableServicesOnly() throws Exception {
        Link link = Container.link(client, "a");

        assertThat(link.walk()).containsExactly("1.0.0", "1.0.0", "1.0.0");
        assertThat(link.toString()).contains("application a");
        assertThat(client.getServiceReferences(Link.class, null)).hasSize(3);
        assertThat(Container.reference(client, "a").getBundle().getSymbolicName())
                .isEqualTo("io.theseus.switchboard");
        assertThat(container.exchange.applications().keySet()).containsExactly("a", "b", "c");
    }

    @Test
    void switchesAllApplicationsAtOnceAndBack() throws Exception {
        Link link = Container.link(client, "a");
        container.bring(Map.of(a1, a2, b1, b2, c1, c2));

        assertThat(link.walk()).containsOnly("1.0.0");
        assertThat(container.exchange.warm()).isEmpty();
        assertThat(container.exchange.switchOver().vetoedBy()).isEmpty();
        assertThat(link.walk()).containsOnly("2.0.0");
        assertThat(Container.reference(client, "a").getProperty("version")).isEqualTo("2.0.0");
        container.exchange.switchOver();
        assertThat(link.walk()).containsOnly("1.0.0");
        container.exchange.switchOver();
        container.exchange.drop();
        assertThat(link.walk()).containsOnly("2.0.0");
        assertThat(Container.link(client, "a")).isSameAs(link);
    }

    @Test
    void anApplicationThatStaysServesBothGenerations() throws Exception {
        Link link = Container.link(client, "a");
        container.bring(Map.of(a1, a2, c1, c2));
        container.exchange.warm();

        container.exchange.switchOver();

        assertThat(link.walk()).containsExactly("2.0.0", "1.0.0", "2.0.0");
    }

    @Test
    void aCallThatRunsDuringTheSwitchStaysInItsGeneration() throws Exception {
        Link a = Container.link(client, "a");
        Link b = Container.link(client, "b");
        container.bring(Map.of(a1, a2, b1, b2, c1, c2));
        container.exchange.warm();

        List<String> met = a.inside(() -> {
            container.exchange.switchOver();
            return b.walk();
        });

        assertThat(met).containsOnly("1.0.0");
        assertThat(b.walk()).containsOnly("2.0.0");
    }

    @Test
    void neverMixesGenerationsAndNeverFailsUnderLoad() throws Exception {
        Link link = Container.link(client, "a");
        container.bring(Map.of(a1, a2, b1, b2, c1, c2));
        container.exchange.warm();
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicLong calls = new AtomicLong();
        Queue<Object> bad = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread caller = new Thread(() -> {
                while (running.get()) {
                    try {
                        List<String> met = link.walk();
                        calls.incrementAndGet();
                        if (Set.copyOf(met).size() != 1 || met.size() != 3) {
                            bad.add(met);
                        }
                    } catch (RuntimeException e) {
                        bad.add(e);
                    }
                }
            });
            callers.add(caller);
            caller.start();
        }

        int switches = 0;
        for (int i = 0; i < 500; i++) {
            boolean suspend = i % 5 == 0;
            if (suspend) {
                assertThat(container.exchange.suspend(Set.of("b", "a"), LIMIT, LIMIT))
                        .isEmpty();
            }
            Switched switched = container.exchange.switchOver();
            switches += switched.vetoedBy().isEmpty() ? 1 : 0;
            container.exchange.resume();
            assertThat(container.exchange.traffic().awaitIdle(LIMIT)).isEmpty();
        }
        running.set(false);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(bad).isEmpty();
        assertThat(switches).isEqualTo(500);
        assertThat(calls.get()).isPositive();
    }

    @Test
    void aThirdGenerationIsRefused() throws Exception {
        container.bring(Map.of(a1, a2));

        assertThatThrownBy(() -> container.bring(Map.of(b1, b2))).isInstanceOf(IllegalStateException.class);
    }
}
