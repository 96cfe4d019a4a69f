// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.api.ServiceSuspendedException;
import io.theseus.port.Switchboard.Waits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import sample.api.Link;
import sample.api.Starts;
import sample.app.ScriptedActivator;

/** Callers that something happens to while they wait at a closed gate. */
class WaitingCallerTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private Container container;
    private Bundle caller;

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        container.switchboard();
        caller = container.install("caller", "1.0.0", Map.of());
        caller.start();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private record Call<T>(Thread thread, FutureTask<T> result) {
        static <T> Call<T> waiting(Supplier<T> work) {
            FutureTask<T> result = new FutureTask<>(work::get);
            Thread thread = new Thread(result, "caller");
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            return new Call<>(thread, result);
        }

        T answer() throws Exception {
            return result.get(10, TimeUnit.SECONDS);
        }
    }

    private void assertNothingIsHeld() {
        assertThat(container.exchange.suspend(Set.of("a"), LONG, LONG)).isEmpty();
        assertThat(container.exchange.resume().failed()).isZero();
    }

    @Test
    void oneThatIsInterruptedFailsForItselfAndIsCounted() throws Exception {
        container.link("a", "1.0.0").start();
        Link link = Container.link(caller.getBundleContext(), "a");
        container.exchange.suspend(Set.of("a"), LONG, LONG);
        CountDownLatch status = new CountDownLatch(1);
        Call<List<String>> call = Call.waiting(() -> {
            try {
                return link.walk();
            } finally {
                if (Thread.currentThread().isInterrupted()) {
                    status.countDown();
                }
            }
        });
        Call<List<String>> other = Call.waiting(link::walk);

        call.thread().interrupt();

        assertThatThrownBy(call::answer)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ServiceSuspendedException.class)
                .hasMessageContaining("was interrupted while it waited; it had no effect");
        assertThat(status.getCount()).isZero();
        Waits waits = container.exchange.resume();
        assertThat(waits.calls()).isEqualTo(2);
        assertThat(waits.failed()).isEqualTo(1);
        assertThat(other.answer()).containsExactly("1.0.0");
        assertNothingIsHeld();
    }

    @Test
    void oneWhoseBundleIsStoppedIsAnswered() throws Exception {
        container.link("a", "1.0.0").start();
        Link link = Container.link(caller.getBundleContext(), "a");
        container.exchange.suspend(Set.of("a"), LONG, LONG);
        Call<List<String>> call = Call.waiting(link::walk);

        caller.stop();
        caller.uninstall();
        Waits waits = container.exchange.resume();

        assertThat(call.answer()).containsExactly("1.0.0");
        assertThat(waits.calls()).isEqualTo(1);
        assertThat(waits.failed()).isZero();
        assertNothingIsHeld();
    }

    @Test
    void oneWhoseBundleIsStoppedIsRefusedWhatWasMadeForThatBundle() throws Exception {
        Starts.on(
                "a 1.0.0",
                c -> c.registerService(
                        Supplier.class.getName(),
                        new ServiceFactory<Supplier<?>>() {
                            @Override
                            public Supplier<?> getService(
                                    Bundle bundle, ServiceRegistration<Supplier<?>> registration) {
                                return () -> "for " + bundle.getSymbolicName();
                            }

                            @Override
                            public void ungetService(
                                    Bundle bundle,
                                    ServiceRegistration<Supplier<?>> registration,
                                    Supplier<?> service) {}
                        },
                        null));
        container.application("a", "1.0.0", ScriptedActivator.class).start();
        Supplier<?> service = (Supplier<?>)
                caller.getBundleContext().getService(caller.getBundleContext().getServiceReference(Supplier.class));
        assertThat(service.get()).isEqualTo("for caller");
        container.exchange.suspend(Set.of("a"), LONG, LONG);
        Call<Object> call = Call.waiting(service::get);

        caller.stop();
        container.exchange.resume();

        assertThatThrownBy(call::answer)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ServiceSuspendedException.class);
        assertNothingIsHeld();
    }
}
