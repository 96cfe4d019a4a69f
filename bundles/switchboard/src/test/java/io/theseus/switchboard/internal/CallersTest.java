// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceEvent;

/** Whose gates close with that of an application, whichever way that is found out. */
class CallersTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

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

    /** Of few services it is asked who uses them, of more who uses what. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void thoseWhoCallItWaitWithIt(int more) throws Exception {
        Bundle last = container.link("last", "1.0.0");
        last.start();
        for (int i = 0; i < more; i++) {
            last.getBundleContext()
                    .registerService(
                            Runnable.class, () -> {}, FrameworkUtil.asDictionary(Map.of("service.pid", "more" + i)));
        }
        container.link("middle", "1.0.0", "last").start();
        container.link("first", "1.0.0", "middle").start();
        container.link("aside", "1.0.0").start();
        assertThat(Container.link(container.client(), "first").walk()).hasSize(3);
        assertThat(container.exchange.applications().get("last").services()).isEqualTo(more + 1);

        assertThat(container.exchange.suspend(Set.of("last"), LIMIT, LIMIT)).isEmpty();

        assertThat(Set.of("last", "middle", "first")).allMatch(container.exchange.traffic()::suspended);
        assertThat(container.exchange.traffic().suspended("aside")).isFalse();
        container.exchange.resume();
    }

    /** The framework tells of a service before whoever registers it has its registration. */
    @Test
    void whoTakesAServiceWhileItIsBeingRegisteredWaitsWithItToo() throws Exception {
        Bundle quick = container.link("quick", "1.0.0");
        quick.start();
        BundleContext context = quick.getBundleContext();
        AtomicReference<Boolean> waits = new AtomicReference<>();
        context.addServiceListener(
                event -> {
                    if (event.getType() == ServiceEvent.REGISTERED) {
                        context.getService(event.getServiceReference());
                        container.exchange.suspend(Set.of("late"), LIMIT, LIMIT);
                        waits.set(container.exchange.traffic().suspended("quick"));
                        container.exchange.resume();
                    }
                },
                "(name=late)");

        container.link("late", "1.0.0").start();

        assertThat(waits).hasValue(true);
    }
}
