// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

class ObtainedTest {
    private static final Object SERVICE = new Object();

    private final AtomicReference<Obtained> obtained = new AtomicReference<>();

    private static <T> T stub(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer));
    }

    private WeakReference<Thread> made() throws InterruptedException {
        Thread maker = new Thread(() -> {
            Raw raw = new Raw(
                    stub(ServiceReference.class, Constants.SCOPE_SINGLETON),
                    1,
                    "store",
                    new ServiceKey(Set.of(Runnable.class.getName()), Map.of()),
                    List.of(Runnable.class));
            Obtained made = new Obtained(raw, stub(BundleContext.class, SERVICE));
            made.get();
            made.done();
            obtained.set(made);
        });
        maker.start();
        maker.join();
        return new WeakReference<>(maker);
    }

    @Test
    void theThreadThatGotAServiceIsNotKept() throws Exception {
        WeakReference<Thread> maker = made();

        await().until(() -> {
            System.gc();
            return maker.get() == null;
        });
        assertThat(obtained.get().await()).isSameAs(SERVICE);
    }
}
