// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.release.Status.BusyCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import sample.api.Link;

/** An application that hands a part of its work to a thread of its own, which calls another one. */
@Timeout(60)
class OwnThreadTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private Container container;

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        container.switchboard();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    @Test
    void endsItsCallWhileBothAreSuspended() throws Exception {
        Bundle front = container.link("front", "1.0.0", "back");
        Bundle back = container.link("back", "2.0.0");
        back.start();
        front.start();
        Link link = Container.link(container.client(), "front");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<List<String>> call = CompletableFuture.supplyAsync(() -> link.walkApart(() -> {
            inside.countDown();
            pass(go);
        }));
        pass(inside);
        CompletableFuture<List<BusyCall>> suspended =
                CompletableFuture.supplyAsync(() -> container.exchange.suspend(Set.of("front", "back"), LONG, LONG));
        await().until(() -> container.exchange.traffic().suspended("front")
                && container.exchange.traffic().suspended("back"));

        go.countDown();

        assertThat(suspended.get(10, SECONDS)).isEmpty();
        assertThat(call.get(10, SECONDS)).containsExactly("1.0.0", "2.0.0");
        container.exchange.resume();
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
