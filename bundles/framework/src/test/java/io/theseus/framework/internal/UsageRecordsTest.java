// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.itests.made.MadeBundle;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

final class UsageRecordsTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension();

    private FrameworkCodeServer server;

    @BeforeEach
    void open() {
        server = new FrameworkCodeServer(felix.context(), Map.of());
        felix.context().registerService(Runnable.class, () -> {}, null);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whoUsedAServiceThatStaysIsForgottenWhenItGoes() throws Exception {
        WeakReference<Bundle> gone = new WeakReference<>(user("ledger"));

        server.uninstall(id(gone));

        assertForgotten(gone);
    }

    @Test
    void whoStillUsesItStays() throws Exception {
        Bundle stays = user("reports");
        WeakReference<Bundle> gone = new WeakReference<>(user("ledger"));

        server.uninstall(id(gone));

        ServiceReference<Runnable> service = felix.context().getServiceReference(Runnable.class);
        assertThat(service.getUsingBundles()).containsExactly(stays);
        assertThat(stays.getBundleContext().ungetService(service)).isTrue();
        assertThat(service.getUsingBundles()).isNull();
    }

    @Test
    void aFrameworkThatKeepsNoSuchRecordsIsLeftAlone() throws Exception {
        Bundle other = felix.start(MadeBundle.of("other", "1.0.0"));

        // As if it were a framework: it has none of Felix's fields.
        UsageRecords.of(other).forget(other);

        assertThat(other.getState()).isEqualTo(Bundle.ACTIVE);
    }

    private static long id(WeakReference<Bundle> bundle) {
        Bundle there = bundle.get();
        assertThat(there).isNotNull();
        return there.getBundleId();
    }

    /** A bundle that has used the service, and still does. */
    private Bundle user(String name) throws Exception {
        Bundle user = felix.start(MadeBundle.of(name, "1.0.0"));
        ServiceReference<Runnable> service = user.getBundleContext().getServiceReference(Runnable.class);
        assertThat(user.getBundleContext().getService(service)).isNotNull();
        return user;
    }

    @SuppressWarnings("SystemGc")
    private static void assertForgotten(WeakReference<Bundle> bundle) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return bundle.refersTo(null);
        });
    }
}
