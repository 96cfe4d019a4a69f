// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * The registration of a stable service. What is to be done is decided under a monitor and done outside of it, by one
 * thread at a time; whoever comes meanwhile leaves it to that thread.
 */
final class Publication {
    private final StableService service;
    private @Nullable ServiceRegistration<?> registration;
    private @Nullable StableInstance singleton;
    private Map<String, Object> properties = Map.of();
    private boolean acting;
    /** Whether consumers of the current side have been told of it, and those of the other. */
    private boolean seen;

    private boolean seenBeside;
    /** Written by the thread that acts, read on it by the hook. */
    private volatile boolean announcing;

    private boolean renew;
    private boolean failed;
    private volatile boolean held;

    Publication(StableService service) {
        this.service = service;
    }

    /** What is to be done next. */
    private enum Act {
        NOTHING,
        REGISTER,
        UPDATE,
        ANNOUNCE,
        UNREGISTER
    }

    boolean held() {
        return held;
    }

    /** Whether news of it are for consumers of the other side only. */
    boolean announcing() {
        return announcing;
    }

    synchronized @Nullable ServiceRegistration<?> registration() {
        return registration;
    }

    /** Keeps the registration although no raw service is there: its application is being restarted behind a closed gate. */
    synchronized void hold() {
        held = registration != null && seen;
    }

    /**
     * Ends the keeping, if the service is there again or will not come.
     *
     * @return whether there is something to settle
     */
    synchronized boolean unhold(boolean now) {
        boolean settles = failed || (held && now);
        held = held && !now;
        failed = false;
        return settles;
    }

    /** Consumers must learn that the service they hold is gone, even if the other generation still has one. */
    synchronized void renew() {
        renew = registration != null && seen;
    }

    /**
     * Brings the registration in line with the raw services.
     *
     * @param wanted false when the switchboard goes
     */
    void settle(BundleContext context, BooleanSupplier wanted) {
        settle(context, wanted, true);
    }

    /** As {@link #settle}, but leaves changed properties of a service that consumers see already to the next time. */
    void settlePresence(BundleContext context, BooleanSupplier wanted) {
        settle(context, wanted, false);
    }

    private void settle(BundleContext context, BooleanSupplier wanted, boolean changes) {
        Act act = next(wanted.getAsBoolean(), changes);
        while (act != Act.NOTHING) {
            try {
                perform(act, context);
            } finally {
                synchronized (this) {
                    acting = false;
                }
            }
            act = next(wanted.getAsBoolean(), changes);
        }
    }

    private synchronized Act next(boolean wanted, boolean changes) {
        if (acting || failed) {
            return Act.NOTHING;
        }
        StableService.Behind behind = service.behind();
        Raw current = behind.current();
        Raw other = behind.other();
        boolean any = behind.first() != null;
        boolean want = wanted && (any || held);
        Act act = Act.NOTHING;
        if (registration == null) {
            act = want && any ? Act.REGISTER : Act.NOTHING;
        } else if (!want || renew) {
            act = Act.UNREGISTER;
            renew = false;
        } else if (current != null && (!seen || (changes && differs(current)))) {
            act = Act.UPDATE;
        } else if (current == null && !held) {
            // Who saw it on the side that was current sees it there still.
            seenBeside |= seen;
            seen = false;
        }
        if (other == null || other.equals(current)) {
            seenBeside = other != null && seen;
        } else if (act == Act.NOTHING && registration != null && !seenBeside) {
            // Who comes later looks for what is there.
            act = service.awaitedBeside() ? Act.ANNOUNCE : Act.NOTHING;
            seenBeside = true;
        }
        acting = act != Act.NOTHING;
        return act;
    }

    private boolean differs(Raw current) {
        return ServiceProperties.differ(properties, service.properties(current));
    }

    private void perform(Act act, BundleContext context) {
        switch (act) {
            case REGISTER -> register(context);
            case UPDATE -> update();
            case ANNOUNCE -> announce();
            case UNREGISTER -> unregister();
            case NOTHING -> {}
        }
    }

    private void register(BundleContext context) {
        StableService.Behind behind = service.behind();
        Raw raw = behind.first();
        if (raw == null) {
            return;
        }
        Object object = object(context);
        Map<String, Object> copy = service.properties(raw);
        ServiceRegistration<?> made = null;
        try {
            made = object == null
                    ? null
                    : context.registerService(service.interfaceNames(), object, ServiceProperties.dictionary(copy));
        } finally {
            synchronized (this) {
                registration = made;
                properties = copy;
                seen = behind.current() != null;
                seenBeside = behind.other() != null;
                failed = made == null;
            }
        }
    }

    private @Nullable Object object(BundleContext context) {
        if (Constants.SCOPE_BUNDLE.equals(service.scope)) {
            return service.factory(StableFactory.class);
        }
        if (Constants.SCOPE_PROTOTYPE.equals(service.scope)) {
            return service.factory(StablePrototypes.class);
        }
        StableInstance instance = service.instance(context, context.getBundle().getBundleId());
        singleton = instance;
        return instance == null ? null : instance.stable();
    }

    private void update() {
        Raw current = service.behind().current();
        ServiceRegistration<?> made = registration();
        if (current == null || made == null) {
            return;
        }
        Map<String, Object> copy = service.properties(current);
        synchronized (this) {
            properties = copy;
            seen = true;
        }
        made.setProperties(ServiceProperties.dictionary(copy));
    }

    /** The framework has no event for one listener: properties that are the same are news to who has not seen the service. */
    private void announce() {
        ServiceRegistration<?> made = registration();
        Map<String, Object> same;
        synchronized (this) {
            same = properties;
            seenBeside = true;
        }
        if (made != null) {
            announcing = true;
            try {
                made.setProperties(ServiceProperties.dictionary(same));
            } finally {
                announcing = false;
            }
        }
    }

    private void unregister() {
        ServiceRegistration<?> made = registration();
        try {
            if (made != null) {
                made.unregister();
            }
        } catch (IllegalStateException e) {
            // The switchboard's bundle is stopping: the framework was faster.
            synchronized (this) {
                registration = null;
            }
        } finally {
            synchronized (this) {
                registration = null;
                seen = false;
                seenBeside = false;
                held = false;
            }
            StableInstance instance = singleton;
            singleton = null;
            if (instance != null) {
                service.remove(instance);
            }
        }
    }
}
