// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.Problem;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import sample.own.Inner;
import sample.own.InnerActivator;

/** Each version brings the interface of a service along, so the two interfaces are two classes. */
class OwnInterfaceTest {
    private Container container;
    private BundleContext client;
    private Bundle old;
    private Bundle next;

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        container.switchboard();
        client = container.client();
        old = container.application("own", "1.0.0", InnerActivator.class, Inner.class);
        next = container.application("own", "2.0.0", InnerActivator.class, Inner.class);
        old.start();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private static String version(BundleContext looker) throws Exception {
        ServiceReference<?>[] found = looker.getAllServiceReferences(Inner.class.getName(), null);
        assertThat(found).hasSize(1);
        return String.valueOf(found[0].getProperty("version"));
    }

    @Test
    void theInterfaceChangesWithTheSwitchWhenNobodyElseUsesTheService() throws Exception {
        container.bring(Map.of(old, next));

        assertThat(container.exchange.warm()).isEmpty();
        assertThat(version(client)).isEqualTo("1.0.0");
        container.exchange.switchOver();

        assertThat(version(client)).isEqualTo("2.0.0");
        assertThat(version(old.getBundleContext())).isEqualTo("1.0.0");
        assertThat(version(next.getBundleContext())).isEqualTo("2.0.0");
        container.exchange.switchOver();
        assertThat(version(client)).isEqualTo("1.0.0");
        container.exchange.switchOver();
        container.exchange.drop();
        assertThat(version(client)).isEqualTo("2.0.0");
    }

    @Test
    void itIsNamedWhenSomebodyElseUsesTheService() throws Exception {
        client.getService(client.getAllServiceReferences(Inner.class.getName(), null)[0]);

        container.bring(Map.of(old, next));

        assertThat(container.exchange.warm()).extracting(Problem::code).containsExactly("not-side-by-side");
    }
}
