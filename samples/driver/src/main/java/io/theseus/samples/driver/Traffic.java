// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/**
 * All customers, each on a thread of its own, calling at a steady rate. A call is late from the moment it was due, so a pause of
 * the server is felt by all the calls that it held up. Thread safety: one thread commands, see {@link #pause}.
 */
final class Traffic implements AutoCloseable {
    private static final long WAKES_EVERY = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<Customer> customers;
    private final List<Thread> threads;
    private final Thread watch = new Thread(this::watchForStalls, "stalls");
    private final long intervalNanos;
    // Customers call under the read lock, whoever holds the write lock has silence.
    private final ReentrantReadWriteLock silence = new ReentrantReadWriteLock(true);
    // How many silences there were: what was due before one is not late after it. Written under the write lock.
    private int silences;
    private volatile Tally tally = new Tally();
    private volatile boolean ended;

    /**
     * Starts paused.
     *
     * @param rate calls a second of all customers together; 0 for as many as possible
     */
    Traffic(int port, int connections, int accounts, int rate) {
        customers = IntStream.range(0, connections)
                .mapToObj(i -> new Customer(port, i, accounts / connections))
                .toList();
        intervalNanos = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) * connections / rate;
        silence.writeLock().lock();
        threads = customers.stream().map(this::thread).toList();
        threads.forEach(Thread::start);
        watch.setDaemon(true);
        watch.start();
    }

    /** Returns when no call is under way, and none begins before {@link #goOn}, which the same thread must call. */
    void pause() {
        silence.writeLock().lock();
    }

    void goOn() {
        silences++;
        silence.writeLock().unlock();
    }

    /** Counts from zero, from now on. */
    Tally count() {
        Tally fresh = new Tally();
        tally = fresh;
        return fresh;
    }

    /** To be called in silence. */
    void forgotten() {
        customers.forEach(Customer::forgotten);
    }

    /** Postings that were answered. To be called in silence, as the other sums. */
    long postings() {
        return customers.stream().mapToLong(Customer::postings).sum();
    }

    long unanswered() {
        return customers.stream().mapToLong(Customer::unanswered).sum();
    }

    long cents() {
        return customers.stream().mapToLong(Customer::cents).sum();
    }

    private Thread thread(Customer customer) {
        Thread thread = new Thread(() -> run(customer), "customer");
        thread.setDaemon(true);
        return thread;
    }

    /** A thread that wants nothing but to wake up in time. When it does not, neither did the customers. */
    private void watchForStalls() {
        while (!ended) {
            long due = System.nanoTime() + WAKES_EVERY;
            LockSupport.parkNanos(WAKES_EVERY);
            tally.stalled(System.nanoTime() - due);
        }
    }

    private void run(Customer customer) {
        long due = 0;
        int seen = -1;
        while (!ended) {
            silence.readLock().lock();
            try {
                if (seen != silences) {
                    seen = silences;
                    due = System.nanoTime();
                }
                due = call(customer, due);
            } finally {
                silence.readLock().unlock();
            }
        }
    }

    /** Makes the call that is due and answers when the next one is. */
    private long call(Customer customer, long due) {
        boolean opening = !customer.hasOpenedAll();
        boolean steady = intervalNanos > 0 && !opening;
        long now = System.nanoTime();
        while (steady && now < due && !silence.hasQueuedThreads()) {
            LockSupport.parkNanos(due - now);
            now = System.nanoTime();
        }
        Tally counted = tally;
        if (opening) {
            customer.open(counted);
        } else {
            customer.call(counted);
        }
        long end = System.nanoTime();
        counted.answered(end - (steady ? Math.min(due, now) : now));
        return steady ? due + intervalNanos : end;
    }

    @Override
    public void close() {
        ended = true;
        if (silence.isWriteLockedByCurrentThread()) {
            silence.writeLock().unlock();
        }
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        customers.forEach(Customer::close);
    }
}
