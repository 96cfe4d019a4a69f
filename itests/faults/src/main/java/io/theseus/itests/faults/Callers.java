// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Threads that post all the time, and remember what was accepted. Thread safety: safe for use by many threads. */
final class Callers implements AutoCloseable {
    private static final int THREADS = 2;
    private static final long PAUSE_NANOS = 3_000_000;
    private final Function<String, String> front;
    private final Function<String, String> mail;
    private final ReentrantReadWriteLock calling = new ReentrantReadWriteLock();
    private final Map<String, Long> accepted = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;
    private long calls;

    Callers(Function<String, String> front, Function<String, String> mail) {
        this.front = front;
        this.mail = mail;
        for (int i = 1; i <= THREADS; i++) {
            String name = "caller" + i;
            threads.add(new Thread(() -> post(name), name));
        }
        threads.forEach(Thread::start);
    }

    private void post(String name) {
        while (!ended) {
            calling.readLock().lock();
            try {
                accept(name, front.apply(name));
                if (mail.apply(name).isEmpty()) {
                    fail("the mail has no version");
                }
            } catch (RuntimeException | Error e) {
                fail(e.toString());
            } finally {
                calling.readLock().unlock();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private synchronized void accept(String name, String versions) {
        calls++;
        accepted.merge(name, 1L, Long::sum);
        if (List.of(versions.split(" ")).stream().distinct().count() != 1) {
            failures.add("a call met two releases: " + versions);
        }
    }

    private synchronized void fail(String text) {
        failures.add(text);
    }

    /** Asks while nobody posts. */
    <T> T whileQuiet(Supplier<T> question) {
        calling.writeLock().lock();
        try {
            return question.get();
        } finally {
            calling.writeLock().unlock();
        }
    }

    /** What each caller has posted, as the applications should know it. */
    synchronized Map<String, Long> accepted() {
        return new TreeMap<>(accepted);
    }

    synchronized long calls() {
        return calls;
    }

    /** What went wrong since it was last asked. */
    synchronized List<String> failures() {
        List<String> result = List.copyOf(failures);
        failures.clear();
        return result;
    }

    @Override
    public void close() {
        ended = true;
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
