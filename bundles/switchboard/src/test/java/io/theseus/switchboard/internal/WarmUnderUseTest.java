// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.port.Switchboard.Incoming;
import io.theseus.release.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import sample.api.Starts;
import sample.app.ScriptedActivator;

/** Consumers get and let go of a service for every call while the other side is made ready. */
class WarmUnderUseTest {
    private static final int ROUNDS = 5_000;

    private Container container;
    private BundleContext client;
    private Bundle old;

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        container.switchboard();
        client = container.client();
        old = scripted("1.0.0");
        old.start();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    @Test
    void aServiceThatStaysIsNoProblem() throws Exception {
        container.exchange.open(new Incoming(Map.of(), Set.of(), Set.of(), Map.of()));

        assertThat(warmUnderUse()).isEmpty();
    }

    @Test
    void aServiceThatIsSucceededIsNoProblem() throws Exception {
        container.bring(Map.of(old, scripted("2.0.0")));

        assertThat(warmUnderUse()).isEmpty();
    }

    private List<Problem> warmUnderUse() throws Exception {
        ServiceReference<?> reference = client.getAllServiceReferences(Supplier.class.getName(), null)[0];
        Thread user = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                client.getService(reference);
                client.ungetService(reference);
            }
        });
        user.start();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < ROUNDS && problems.isEmpty(); i++) {
            problems.addAll(container.exchange.warm());
        }
        user.interrupt();
        user.join();
        return problems;
    }

    private Bundle scripted(String version) throws Exception {
        Starts.on("app " + version, context -> context.registerService(Supplier.class.getName(), new Each(), null));
        return container.application("app", version, ScriptedActivator.class);
    }

    /** A bundle-scoped service. */
    private static final class Each implements ServiceFactory<Object> {
        @Override
        public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
            return (Supplier<String>) () -> "x";
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object service) {}
    }
}
