// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.switchboard.internal.call.Backing;
import io.theseus.switchboard.internal.call.Hold;
import io.theseus.switchboard.internal.call.Pin;
import io.theseus.switchboard.internal.call.StableObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stable object and what it has obtained for its consumer. Thread safety: safe for use by many threads. */
final class StableInstance implements Backing {
    private static final Logger LOG = LoggerFactory.getLogger(StableInstance.class);

    private final StableService service;
    private final BundleContext consumer;
    private final @Nullable Life life;
    private final Map<Raw, Obtained> obtained = new ConcurrentHashMap<>();
    private final StableObject stable;
    private volatile @Nullable Object argument;
    private volatile boolean closed;

    StableInstance(StableService service, BundleContext consumer) {
        this.service = service;
        this.consumer = consumer;
        this.life = service.life();
        this.stable = service.create(this);
    }

    StableObject stable() {
        return stable;
    }

    @Override
    public @Nullable Object obtain(int side) {
        try {
            return obtainOrThrow(side);
        } catch (Exception e) {
            LOG.error(
                    "service {} of application {} could not begin its life", service.name(), service.application(), e);
            return null;
        }
    }

    @Override
    public boolean alone(int side) {
        return service.alone(side);
    }

    @Override
    public @Nullable String stateless(int side) {
        return service.stateless(side);
    }

    /** Obtains the target of a side, and begins its life if the container has begun ours. */
    @Nullable
    Object obtainOrThrow(int side) throws Exception {
        Raw raw = service.raw(side);
        if (raw == null || closed) {
            return null;
        }
        Obtained mine = new Obtained(raw, consumer);
        Obtained had = obtained.putIfAbsent(raw, mine);
        Object target = had == null ? make(raw, mine) : had.await();
        if (target != null) {
            put(raw, target);
            if (service.raw(side) != raw || closed) {
                // It went while we got it.
                arrange();
                release(raw);
                return null;
            }
        }
        return target;
    }

    private @Nullable Object make(Raw raw, Obtained mine) throws Exception {
        boolean made = false;
        try {
            Object target = mine.get();
            Object begun = target == null ? null : argumentOrDone(mine);
            if (target != null && begun != null && life != null && mine.begin()) {
                life.begin(target, begun, service.properties(raw));
            }
            made = target != null;
            return target;
        } finally {
            if (!made) {
                obtained.remove(raw, mine);
                mine.unget();
            }
            mine.done();
        }
    }

    /**
     * What the container began our life with. If it has not yet, what was obtained is done in the same moment: whoever sets
     * the argument after that finds it and begins it.
     */
    private synchronized @Nullable Object argumentOrDone(Obtained mine) {
        if (argument == null) {
            mine.done();
        }
        return argument;
    }

    /** As in {@link #arrange}, for the sides on which it serves: what must not be called is looked at each time. */
    private synchronized void put(Raw raw, Object target) {
        for (int side = 0; side < 2; side++) {
            if (service.raw(side) == raw && service.stateless(side) == null) {
                StableObject.target(stable, side, target);
            }
        }
    }

    /** Sets the targets of both sides as they are now; those not obtained yet are obtained when they are called. */
    synchronized void arrange() {
        for (int side = 0; side < 2; side++) {
            Raw raw = service.raw(side);
            Obtained had = raw == null || closed || service.stateless(side) != null ? null : obtained.get(raw);
            StableObject.target(stable, side, had == null ? null : had.object());
        }
    }

    /** Lets go of a raw service: after its last call. */
    void release(Raw raw) {
        Obtained had = obtained.remove(raw);
        if (had != null) {
            end(had);
            had.unget();
        }
    }

    /** Lets go of everything. */
    void close() {
        closed = true;
        arrange();
        obtained.keySet().forEach(this::release);
    }

    @Override
    public void begin(Object target, Object given) throws Exception {
        synchronized (this) {
            argument = given;
        }
        for (Map.Entry<Raw, Obtained> entry : obtained.entrySet()) {
            if (entry.getValue().object() == target) {
                try {
                    begin(entry.getKey(), entry.getValue(), given);
                } catch (Exception e) {
                    argument = null;
                    throw e;
                }
            }
        }
        for (int side = 0; side < 2; side++) {
            beginBeside(target, side, given);
        }
    }

    /**
     * A container may begin our life at the first request, when targets of both sides have been obtained: the one that is not
     * called begins its life in the generation of its own side. If it can not, it is let go of, and begins when it is called.
     */
    private void beginBeside(Object target, int side, Object given) {
        Raw raw = service.raw(side);
        Obtained had = raw == null ? null : obtained.get(raw);
        if (raw == null || had == null || had.object() == target) {
            return;
        }
        try {
            service.carry(side, () -> begin(raw, had, given));
        } catch (Exception e) {
            LOG.error(
                    "service {} of application {} could not begin its life; it is tried again when it is called",
                    service.name(),
                    service.application(),
                    e);
            obtained.remove(raw, had);
            arrange();
            had.unget();
        }
    }

    /** Answers whether it was its turn: an object that another thread still gets begins there. */
    private boolean begin(Raw raw, Obtained had, Object given) throws Exception {
        Object object = had.object();
        if (object == null || life == null || !had.begin()) {
            return false;
        }
        try {
            life.begin(object, given, service.properties(raw));
            return true;
        } catch (Exception e) {
            had.end();
            throw e;
        }
    }

    @Override
    public void end(@Nullable Object ignored) {
        obtained.values().forEach(this::end);
        argument = null;
    }

    private void end(Obtained had) {
        Object object = had.object();
        Object begun = argument;
        if (object != null && begun != null && life != null && had.end()) {
            try {
                life.end(object, begun);
            } catch (Exception e) {
                LOG.warn(
                        "service {} of application {} did not end its life well",
                        service.name(),
                        service.application(),
                        e);
            }
        }
    }

    @Override
    public @Nullable Pin redispatched(Object request) {
        return life == null ? null : life.redispatched(request);
    }

    @Override
    public void after(Object request, Hold.Taker taker) {
        if (life != null) {
            life.after(request, taker);
        }
    }
}
