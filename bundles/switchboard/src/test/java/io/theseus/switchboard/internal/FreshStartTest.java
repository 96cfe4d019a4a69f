// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import sample.api.Starts;
import sample.app.ScriptedActivator;

/** Somebody looks at a service while its component resumes. */
class FreshStartTest {
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

    /** A stateful component whose {@code resume} does something of the test. */
    private record Resuming(Callable<?> task) implements CodeChange<String>, Supplier<String> {
        @Override
        public String suspend() {
            return "";
        }

        @Override
        public void codeChange(String state, Change change) {}

        @Override
        public void resume() throws Exception {
            task.call();
        }

        @Override
        public String get() {
            return "x";
        }
    }

    private void startResuming(Callable<?> task) throws Exception {
        Starts.on(
                "app 1.0.0",
                context -> context.registerService(
                        new String[] {Supplier.class.getName(), CodeChange.class.getName()}, new Resuming(task), null));
        container.application("app", "1.0.0", ScriptedActivator.class).start();
    }

    /** By another thread. */
    private @Nullable ServiceReference<?> lookedAtMeanwhile() throws InterruptedException {
        Thread other = new Thread(() -> container.exchange.declare(Set.of("unrelated")));
        other.start();
        other.join();
        return client.getServiceReference(Supplier.class);
    }

    @Test
    void aComponentThatIsStillResumingIsNotSeenWhoeverLooks() throws Exception {
        startResuming(() -> log.add("seen " + (lookedAtMeanwhile() != null)));

        assertThat(log).containsExactly("seen false");
        assertThat(client.getServiceReference(Supplier.class)).isNotNull();
    }

    @Test
    void aComponentThatIsLookedAtWhileItFailsToResumeIsNotSeen() throws Exception {
        startResuming(() -> {
            log.add("seen " + (lookedAtMeanwhile() != null));
            throw new IOException("port taken");
        });

        assertThat(log).containsExactly("seen false");
        assertThat(client.getServiceReference(Supplier.class)).isNull();
    }

    @Test
    void aComponentThatResumesWhileTheSwitchboardIsRestartedIsSeenAfterwards() throws Exception {
        startResuming(() -> {
            container.exchange.close();
            container.switchboard();
            return log.add("restarted");
        });

        assertThat(log).containsExactly("restarted");
        assertThat(container.stable(Supplier.class)).containsExactly("app");
    }
}
