// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

class ClassifierTest {
    private static final Sort HIDDEN = new Sort(List.of("some.Shop"), Set.of(), Set.of(), Optional.empty());
    private static final ServiceReference<?> REFERENCE = answering(ServiceReference.class, null);

    /** The event about a change of its properties may be on its way for longer than the bundle is there. */
    @Test
    void aServiceWhoseBundleIsUninstalledJustThenIsNoMore() throws Exception {
        Bundle uninstalled = answering(Bundle.class, new IllegalStateException("Bundle is uninstalled."));

        assertThat(Classifier.raw(REFERENCE, uninstalled, HIDDEN)).isEmpty();
    }

    @Test
    void aServiceWhoseBundleIsUninstalledWhileFelixLooksIsNoMoreEither() throws Exception {
        Bundle uninstalled = answering(Bundle.class, new NullPointerException("adapt(BundleWiring) is null"));

        assertThat(Classifier.raw(REFERENCE, uninstalled, HIDDEN)).isEmpty();
    }

    @Test
    void aServiceWhoseClassIsNotFoundIsNotTakenForOneThatHasGone() {
        Bundle without = answering(Bundle.class, new ClassNotFoundException("some.Shop"));

        assertThatThrownBy(() -> Classifier.raw(REFERENCE, without, HIDDEN)).isInstanceOf(ClassNotFoundException.class);
    }

    private static <T> T answering(Class<T> type, Exception failure) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw failure;
        }));
    }
}
