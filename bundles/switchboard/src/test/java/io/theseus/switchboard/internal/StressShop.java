// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import io.theseus.api.Calls;
import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import sample.api.Starts;
import sample.api.Work;
import sample.app.ScriptedActivator;

/**
 * Applications of the stress run: front calls store, directly, through middle and asynchronously; front and store change
 * together, middle stays. Store remembers how often each client has posted, in plain memory.
 */
final class StressShop {
    static final String COMPONENT = "store.Posts";

    private final Container container;
    private final int clients;
    private final Calls calls;
    private final Executor executor;
    private final Map<String, Store> stores = new ConcurrentHashMap<>();
    private final Map<String, List<ServiceTracker<?, ?>>> trackers = new ConcurrentHashMap<>();
    private final Map<String, ServiceRegistration<?>> registrations = new ConcurrentHashMap<>();

    StressShop(Container container, int clients, Executor executor) {
        this.container = container;
        this.clients = clients;
        this.calls = container.exchange.calls();
        this.executor = executor;
    }

    Store store(String version) {
        return stores.get(version);
    }

    /** The registration of the application's service, of its latest version. */
    ServiceRegistration<?> registration(String application) {
        return registrations.get(application);
    }

    /** Lets a version go: nothing here may keep it. */
    void forget(String version) {
        stores.remove(version);
        trackers.getOrDefault("front " + version, List.of()).forEach(ServiceTracker::close);
        trackers.remove("front " + version);
        for (String application : List.of("front", "store")) {
            Starts.on(application + " " + version, context -> {});
        }
    }

    Bundle install(String application, String version) throws Exception {
        Starts.on(application + " " + version, context -> start(application, version, context));
        return container.application(application, version, ScriptedActivator.class);
    }

    private void start(String application, String version, BundleContext context) throws Exception {
        Hashtable<String, Object> properties = new Hashtable<>(Map.of("application", application, "version", version));
        if (application.equals("store")) {
            Store store = new Store(version, new long[clients]);
            stores.put(version, store);
            properties.put("component.name", COMPONENT);
            String[] types = {Work.class.getName(), CodeChange.class.getName()};
            registrations.put(application, context.registerService(types, store, properties));
        } else {
            Work behind = application.equals("front") ? new Front(version, context) : new Passing(version, context);
            registrations.put(application, context.registerService(Work.class, behind, properties));
        }
    }

    private ServiceTracker<Work, Work> tracker(String user, BundleContext context, String application)
            throws Exception {
        ServiceTracker<Work, Work> tracker = new ServiceTracker<>(
                context,
                context.createFilter("(&(objectClass=" + Work.class.getName() + ")(application=" + application + "))"),
                null);
        tracker.open();
        trackers.computeIfAbsent(user, any -> new CopyOnWriteArrayList<>()).add(tracker);
        return tracker;
    }

    /** The application with a state. */
    static final class Store implements Work, CodeChange<long[]> {
        private final String version;
        private long[] posts;
        private volatile boolean serving;

        Store(String version, long[] posts) {
            this.version = version;
            this.posts = posts;
        }

        long[] posts() {
            return posts.clone();
        }

        @Override
        public List<String> post(int client) {
            List<String> met = look();
            posts[client]++;
            return met;
        }

        @Override
        public CompletableFuture<List<String>> postLater(int client) {
            return CompletableFuture.completedFuture(post(client));
        }

        @Override
        public List<String> look() {
            if (!serving) {
                throw new IllegalStateException("store " + version + " was called while its state was not there");
            }
            return List.of(version);
        }

        @Override
        public long[] suspend() {
            serving = false;
            return posts;
        }

        @Override
        public void codeChange(long[] state, Change change) {
            posts = state.clone();
        }

        @Override
        public void resume() {
            serving = true;
        }
    }

    /** Goes on to the store. */
    private final class Passing implements Work {
        private final String version;
        private final ServiceTracker<Work, Work> store;

        Passing(String version, BundleContext context) throws Exception {
            this.version = version;
            this.store = tracker("middle " + version, context, "store");
        }

        @Override
        public List<String> post(int client) {
            return store.getService().post(client);
        }

        @Override
        public CompletableFuture<List<String>> postLater(int client) {
            return store.getService().postLater(client);
        }

        @Override
        public List<String> look() {
            return store.getService().look();
        }

        @Override
        public String toString() {
            return version;
        }
    }

    /** Meets the store three times in a call. */
    private final class Front implements Work {
        private final String version;
        private final ServiceTracker<Work, Work> store;
        private final ServiceTracker<Work, Work> middle;

        Front(String version, BundleContext context) throws Exception {
            this.version = version;
            this.store = tracker("front " + version, context, "store");
            this.middle = tracker("front " + version, context, "middle");
        }

        @Override
        public List<String> post(int client) {
            List<String> met = new ArrayList<>(look());
            met.addAll(store.getService().post(client));
            return met;
        }

        @Override
        public CompletableFuture<List<String>> postLater(int client) {
            Supplier<List<String>> posting = () -> post(client);
            return CompletableFuture.supplyAsync(calls.wrap(posting), executor);
        }

        @Override
        public List<String> look() {
            List<String> met = new ArrayList<>(List.of(version));
            met.addAll(middle.getService().look());
            met.addAll(store.getService().look());
            return met;
        }
    }
}
