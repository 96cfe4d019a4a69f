// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import io.theseus.api.ServiceSuspendedException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import sample.api.Work;
import sample.app.LinkActivator;

/** What goes on while releases come and go: callers, registrations, hands on bundles, changes of properties. */
final class StressStorm {
    private static final int ENOUGH = 10;

    private final StressShop shop;
    private final long seed;
    private final BundleContext client;
    private final Bundle noise;
    private final Bundle victim;
    private final AtomicLongArray posted;
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLongArray done = new AtomicLongArray(Kind.values().length);
    private volatile boolean over;

    /** What is counted. */
    private enum Kind {
        CALL,
        REGISTRATION,
        CHANGE,
        HAND,
        STRANGER
    }

    /** One turn of a thread. */
    private interface Turn {
        void take(Random random) throws Exception;
    }

    StressStorm(Container container, StressShop shop, int clients, long seed) throws Exception {
        this.shop = shop;
        this.seed = seed;
        this.posted = new AtomicLongArray(clients);
        this.client = container.client();
        this.noise = container.install("noise", "1.0.0", Map.of("Theseus-Application", "true"));
        this.noise.start();
        this.victim = container.link("victim", "1.0.0");
        this.victim.start();
        for (int i = 0; i < clients; i++) {
            int number = i;
            thread("client-" + i, i, random -> call(number, random));
        }
        thread("registrations", clients, this::register);
        thread("properties", clients + 1, this::change);
        thread("hands", clients + 2, this::handle);
        thread("stranger", clients + 3, random -> stranger());
    }

    private void thread(String name, int number, Turn turn) {
        threads.add(new Thread(
                () -> {
                    Random random = new Random(seed + number);
                    while (!over && failures.size() < ENOUGH) {
                        try {
                            turn.take(random);
                        } catch (Exception | LinkageError | AssertionError e) {
                            failures.add(e);
                        }
                    }
                },
                "stress-" + name));
    }

    void begin() {
        threads.forEach(Thread::start);
    }

    void end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
            if (thread.isAlive()) {
                IllegalStateException hangs = new IllegalStateException(thread.getName() + " hangs");
                hangs.setStackTrace(thread.getStackTrace());
                failures.add(hangs);
            }
        }
    }

    boolean broken() {
        return !failures.isEmpty();
    }

    Collection<Throwable> failures() {
        return failures;
    }

    long[] posted() {
        return java.util.stream.IntStream.range(0, posted.length())
                .mapToLong(posted::get)
                .toArray();
    }

    long calls() {
        return done.get(Kind.CALL.ordinal());
    }

    Work front() throws Exception {
        return client.getService(reference("front"));
    }

    private ServiceReference<Work> reference(String application) throws Exception {
        return looked(() -> client.getServiceReferences(Work.class, "(application=" + application + ")"))
                .iterator()
                .next();
    }

    /**
     * Felix asks every service it has listed whether its class is the caller's, and does not expect that the bundle of one was
     * uninstalled since: it throws a NullPointerException. That is so without a switchboard too; who gets it looks again.
     */
    private static <T> T looked(Callable<T> look) throws Exception {
        while (true) {
            try {
                return look.call();
            } catch (NullPointerException e) {
                // One that is thrown often comes without a trace in the end.
                StackTraceElement[] trace = e.getStackTrace();
                if (trace.length > 0 && !trace[0].getClassName().equals("org.apache.felix.framework.util.Util")) {
                    throw e;
                }
            }
        }
    }

    /** Lets go of what only a thread that is over may hold. */
    void forget() {
        threads.clear();
    }

    private void count(Kind kind) {
        done.incrementAndGet(kind.ordinal());
    }

    private void call(int number, Random random) throws Exception {
        String application = random.nextInt(4) == 0 ? "store" : random.nextInt(4) == 0 ? "middle" : "front";
        ServiceReference<Work> reference = reference(application);
        if (reference.getProperty("theseus.application") == null) {
            throw new IllegalStateException("the service of " + application + " is seen as it is registered");
        }
        Work work = client.getService(reference);
        if (work == null) {
            throw new IllegalStateException("the service of " + application + " is gone");
        }
        try {
            for (int i = random.nextInt(20); i >= 0; i--) {
                List<String> met =
                        random.nextInt(8) == 0 ? work.postLater(number).get(60, TimeUnit.SECONDS) : work.post(number);
                posted.incrementAndGet(number);
                count(Kind.CALL);
                if (new HashSet<>(met).size() != 1) {
                    throw new IllegalStateException("a call met " + met);
                }
            }
        } finally {
            client.ungetService(reference);
        }
    }

    /** Services of an application and of a bundle that is none come, change and go. */
    private void register(Random random) {
        BundleContext noisy = noise.getBundleContext();
        BundleContext context = noisy != null && random.nextBoolean() ? noisy : client;
        try {
            register(context, random);
        } catch (IllegalStateException e) {
            if (context.equals(client)) {
                throw e;
            }
            // Somebody has stopped the bundle in this moment.
            Thread.onSpinWait();
        }
    }

    private void register(BundleContext context, Random random) {
        List<ServiceRegistration<?>> made = new ArrayList<>();
        try {
            for (int i = random.nextInt(5); i >= 0; i--) {
                Object service = (Runnable) () -> {};
                made.add(context.registerService(Runnable.class.getName(), service, properties(random)));
            }
            for (ServiceRegistration<?> registration : made) {
                if (random.nextBoolean()) {
                    registration.setProperties(properties(random));
                }
                registration.unregister();
                count(Kind.REGISTRATION);
            }
        } finally {
            made.forEach(StressStorm::gone);
        }
    }

    /** A service that a bundle registers in the very moment it is stopped stays registered in Felix. */
    private static void gone(ServiceRegistration<?> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            // It has gone already, as it should.
            Thread.onSpinWait();
        }
    }

    private static Hashtable<String, Object> properties(Random random) {
        return new Hashtable<>(Map.of("number", random.nextInt(3)));
    }

    /** What a changed configuration comes to: a component's properties change. */
    private void change(Random random) {
        String application = List.of("front", "store", "middle").get(random.nextInt(3));
        ServiceRegistration<?> registration = shop.registration(application);
        try {
            Hashtable<String, Object> changed = new Hashtable<>(Map.of("rank", random.nextInt(100)));
            for (String key : registration.getReference().getPropertyKeys()) {
                Object value = registration.getReference().getProperty(key);
                changed.putIfAbsent(key, value);
            }
            registration.setProperties(changed);
            count(Kind.CHANGE);
        } catch (IllegalStateException e) {
            // Its bundle has gone in this moment.
            Thread.onSpinWait();
        }
    }

    private void handle(Random random) throws Exception {
        try {
            touch(random);
        } catch (BundleException e) {
            // Felix lets go of a bundle when another operation has its lock; a hand tries again.
            Thread.onSpinWait();
        }
    }

    private void touch(Random random) throws Exception {
        Bundle bundle = random.nextInt(3) == 0 ? noise : victim;
        switch (random.nextInt(3)) {
            case 0 -> bundle.stop();
            case 1 -> {
                if (bundle.equals(victim)) {
                    try (InputStream next = Container.jar(
                            "victim",
                            "1.0." + random.nextInt(9),
                            Container.headers(LinkActivator.class),
                            Map.of(),
                            LinkActivator.class)) {
                        bundle.update(next);
                    }
                }
            }
            default -> {}
        }
        bundle.start();
        count(Kind.HAND);
    }

    /** Calls what is being stopped and updated: that may be gone, and nothing else. */
    private void stranger() throws Exception {
        @Nullable
        ServiceReference<sample.api.Link> reference = looked(() -> client.getServiceReference(sample.api.Link.class));
        sample.api.Link link = reference == null ? null : client.getService(reference);
        try {
            if (link != null) {
                link.walk();
                count(Kind.STRANGER);
            }
        } catch (ServiceSuspendedException e) {
            Thread.onSpinWait();
        } finally {
            if (link != null) {
                client.ungetService(reference);
            }
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(Kind.values()) + " " + done + ", posted " + Arrays.toString(posted());
    }
}
