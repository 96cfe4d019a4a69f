// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.switchboard.internal.call.Application;
import io.theseus.switchboard.internal.call.Board;
import io.theseus.switchboard.internal.call.StableObject;
import io.theseus.switchboard.internal.call.Wiring;
import io.theseus.switchboard.internal.stable.StableClass;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * What stands for the raw services of one key: at most one on each side. Which raw service is on which side is derived
 * from the lineup, so a change of the lineup is all that a switch has to do here. Thread safety: safe for use by many
 * threads; what is added and removed is guarded by {@link Services}.
 */
public final class StableService {
    final long id;
    final ServiceKey key;
    final String scope;
    final List<Raw> raws = new CopyOnWriteArrayList<>();
    /** Services handed out before, for which it stands while they are there too, and the ranking it needs to be preferred. */
    final Map<ServiceReference<?>, Integer> fronts = new ConcurrentHashMap<>();

    final Publication publication = new Publication(this);
    private final List<Class<?>> types;
    private final Board board;
    private final Application application;
    private final Supplier<Lineup> lineup;
    private final Predicate<StableService> awaitedBeside;
    private final StableClass generated;
    private volatile boolean retyped;
    private final List<StableInstance> instances = new CopyOnWriteArrayList<>();

    StableService(
            long id,
            Raw first,
            Board board,
            Application application,
            Supplier<Lineup> lineup,
            Predicate<StableService> awaitedBeside,
            StableClass generated) {
        this.id = id;
        this.key = first.key;
        this.scope = first.scope();
        this.types = first.types;
        this.board = board;
        this.application = application;
        this.lineup = lineup;
        this.awaitedBeside = awaitedBeside;
        this.generated = generated;
    }

    /** Whether anybody has to be told that it is there on the other side too. */
    boolean awaitedBeside() {
        return awaitedBeside.test(this);
    }

    String application() {
        return application.name();
    }

    String name() {
        return String.join(", ", key.interfaces());
    }

    String[] interfaceNames() {
        return types.stream().map(Class::getName).toArray(String[]::new);
    }

    boolean suits(Raw raw) {
        return key.equals(raw.key) && scope.equals(raw.scope()) && types.equals(raw.types);
    }

    /** The raw service on a side. */
    @Nullable
    Raw raw(int side) {
        return raw(lineup.get(), side);
    }

    private @Nullable Raw raw(Lineup now, int side) {
        for (Raw raw : raws) {
            if (now.serves(raw.bundle, side)) {
                return raw;
            }
        }
        return null;
    }

    /**
     * Whether the bundle that serves on a side is there only, and succeeds none; or its service has another interface class on the other
     * side, so that who holds it can call no other. Not while a state is still to be handed over: a call could go on into the component
     * that waits for it, and what it did there would be lost.
     */
    boolean alone(int side) {
        Lineup now = lineup.get();
        Raw raw = raw(now, side);
        return raw != null
                && now.handovers().isEmpty()
                && (now.counterpart(raw.bundle) == null
                        || (retyped && !now.waiting().contains(raw.bundle)));
    }

    /** There is a service like this one with another interface class. */
    void retyped(StableService like) {
        retyped = true;
        like.retyped = true;
    }

    /** Why the service on a side must not be called, although it is there: its application's state is on the other side. */
    @Nullable
    String stateless(int side) {
        Lineup now = lineup.get();
        Raw raw = raw(now, side);
        if (raw == null || !now.waiting().contains(raw.bundle)) {
            return null;
        }
        return now.handovers().containsKey(raw.bundle)
                ? "has not been handed its state yet, and what it is told while a release is prepared would be lost;"
                        + " do not call it on activation but when first used, or from a thread that resume starts"
                : "has given its state to the version that serves now; the call had no effect and may be tried again";
    }

    /** Whether a consumer sees it. */
    boolean offered(long consumer) {
        return Lineup.steady(lineup, now -> {
            int side = now.seenBy(consumer);
            return raw(now, side) != null || (publication.held() && side == now.current());
        });
    }

    /** What is behind the registration. */
    Behind behind() {
        return Lineup.steady(
                lineup, now -> new Behind(raw(now, now.current()), now.two() ? raw(now, now.other()) : null));
    }

    /** The raw services on the current side and on the other, of one moment. */
    record Behind(@Nullable Raw current, @Nullable Raw other) {
        /** The one consumers are to see, if there is any. */
        @Nullable
        Raw first() {
            return current != null ? current : other;
        }
    }

    Map<String, Object> properties(Raw raw) {
        Map<String, Object> properties = ServiceProperties.of(raw.reference, application());
        properties.put(ServiceProperties.SERVICE, id);
        fronts.values().stream()
                .max(Comparator.naturalOrder())
                .ifPresent(ranking -> properties.put(Constants.SERVICE_RANKING, ranking));
        return properties;
    }

    StableObject create(StableInstance backing) {
        return generated.create(new Wiring(board, application, backing, name()));
    }

    /** Runs a task in the generation of a side. */
    <V> V carry(int side, Callable<V> task) throws Exception {
        return board.carry(side, application, task);
    }

    @Nullable
    Life life() {
        String web = WebLife.of(types);
        return web == null ? null : (Life) generated.web(web);
    }

    Object factory(Class<? extends StableFactory> type) {
        return generated.beside(type, StableService.class, this);
    }

    /** A stable object for a consumer; null if the raw service refuses. */
    @Nullable
    StableInstance instance(BundleContext consumer, long bundle) {
        StableInstance instance = new StableInstance(this, consumer);
        instances.add(instance);
        boolean refused = Lineup.steady(lineup, now -> {
            int side = now.seenBy(bundle);
            return raw(now, side) != null && instance.obtain(side) == null;
        });
        if (refused) {
            remove(instance);
            return null;
        }
        return instance;
    }

    void remove(StableInstance instance) {
        instances.remove(instance);
        instance.close();
    }

    List<StableInstance> instances() {
        return instances;
    }

    void arrange() {
        instances.forEach(StableInstance::arrange);
    }

    void release(Raw raw) {
        instances.forEach(instance -> instance.release(raw));
    }
}
