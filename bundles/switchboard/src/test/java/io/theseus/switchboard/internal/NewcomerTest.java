// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.GenerationPurgedException;
import io.theseus.api.ServiceSuspendedException;
import io.theseus.port.Switchboard.Incoming;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import sample.api.Link;

/** Applications without a predecessor call each other before the switch, from threads of their own. */
class NewcomerTest {
    private Container container;
    private Bundle caller;
    private Bundle called;

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        container.switchboard();
        caller = container.link("caller", "1.0.0");
        called = container.link("called", "1.0.0");
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private Link incoming(Map<Bundle, Bundle> successors, Bundle... added) throws Exception {
        return incoming(successors, Map.of(), added);
    }

    private Link incoming(Map<Bundle, Bundle> successors, Map<Long, Set<String>> handovers, Bundle... added)
            throws Exception {
        Map<Long, Long> ids = successors.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getKey().getBundleId(), e -> e.getValue().getBundleId()));
        Set<Long> news = Arrays.stream(added).map(Bundle::getBundleId).collect(Collectors.toSet());
        container.exchange.open(new Incoming(ids, news, Set.of(), handovers));
        container.exchange.traffic().inOther(() -> {
            called.start();
            caller.start();
            return List.of();
        });
        return Container.link(caller.getBundleContext(), "called");
    }

    @Test
    void aCallBeforeTheSwitchIsServed() throws Exception {
        Link link = incoming(Map.of(), caller, called);

        assertThat(link.walk()).containsExactly("1.0.0");
        container.exchange.switchOver();
        assertThat(link.walk()).containsExactly("1.0.0");
    }

    @Test
    void aCallBeforeTheSwitchKeepsTheIncomingGenerationBusy() throws Exception {
        Link link = incoming(Map.of(), caller, called);

        assertThat(link.<Integer>inside(() -> onAnotherThread(
                        () -> container.exchange.traffic().busy().size())))
                .isOne();
    }

    @Test
    void aCallAfterTheIncomingGenerationWasDroppedFails() throws Exception {
        Link link = incoming(Map.of(), caller, called);
        link.walk();
        container.exchange.drop();

        assertThatThrownBy(link::walk)
                .isInstanceOfAny(ServiceSuspendedException.class, GenerationPurgedException.class);
    }

    @Test
    void aSuccessorIsNotCalledInPlaceOfItsPredecessor() throws Exception {
        Bundle before = container.install("called", "0.9.0", Map.of("Theseus-Application", "true"));
        before.start();
        Link link = incoming(Map.of(before, called), caller);

        assertThatThrownBy(link::walk).isInstanceOf(ServiceSuspendedException.class);
        container.exchange.switchOver();
        assertThat(link.walk()).containsExactly("1.0.0");
    }

    @Test
    void aCallIsNotServedBeforeTheSwitchWhileAStateIsStillToCome() throws Exception {
        Bundle stateful = container.install("stateful", "1.0.0", Map.of("Theseus-Application", "true"));
        Link link = incoming(Map.of(), Map.of(stateful.getBundleId(), Set.of("accounts")), caller, called, stateful);

        assertThatThrownBy(link::walk).isInstanceOf(ServiceSuspendedException.class);
        container.exchange.switchOver();
        assertThat(link.walk()).containsExactly("1.0.0");
    }

    private static <T> T onAnotherThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work).join();
    }
}
