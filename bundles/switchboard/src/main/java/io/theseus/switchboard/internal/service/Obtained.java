// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;

/** A service object, got once in a consumer's context and given back once. */
final class Obtained {
    private static final long PATIENCE_SECONDS = 10;

    private final Raw raw;
    private final BundleContext consumer;
    /** Who gets it, until it is there: a thread is not kept, its class loader may be one that was purged. */
    private volatile @Nullable Thread maker = Thread.currentThread();

    private final CompletableFuture<Object[]> ready = new CompletableFuture<>();
    private volatile @Nullable Object object;
    private @Nullable ServiceObjects<Object> prototypes;
    private boolean begun;

    Obtained(Raw raw, BundleContext consumer) {
        this.raw = raw;
        this.consumer = consumer;
    }

    /** Gets the object; null if the service is gone or refuses. */
    @SuppressWarnings("unchecked")
    @Nullable
    Object get() {
        ServiceReference<Object> reference = (ServiceReference<Object>) raw.reference;
        try {
            if (Constants.SCOPE_PROTOTYPE.equals(raw.scope())) {
                prototypes = consumer.getServiceObjects(reference);
                object = prototypes == null ? null : prototypes.getService();
            } else {
                object = consumer.getService(reference);
            }
        } catch (IllegalStateException e) {
            // The consumer has been stopped: it has no services any more.
            object = null;
        }
        return object;
    }

    void done() {
        Object got = object;
        ready.complete(got == null ? new Object[0] : new Object[] {got});
        maker = null;
    }

    /** The object another thread gets; the thread that gets it sees it early. */
    @Nullable
    Object await() {
        if (Thread.currentThread() == maker) {
            return object;
        }
        try {
            Object[] got = ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return got.length == 0 ? null : got[0];
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    @Nullable
    Object object() {
        return ready.isDone() ? object : null;
    }

    /** Whether its life-cycle method is to be called now: true once. */
    synchronized boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** Whether its life is to be ended now: true once after {@link #begin}. */
    synchronized boolean end() {
        boolean was = begun;
        begun = false;
        return was;
    }

    void unget() {
        Object got = object;
        object = null;
        if (got == null) {
            return;
        }
        try {
            ServiceObjects<Object> many = prototypes;
            if (many != null) {
                many.ungetService(got);
            } else {
                consumer.ungetService(raw.reference);
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            // The consumer has been stopped, or the service is gone: the framework has let go of it already.
            return;
        }
    }
}
