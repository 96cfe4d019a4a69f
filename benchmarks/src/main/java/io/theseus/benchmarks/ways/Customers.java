// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import io.theseus.benchmarks.bundles.probe.Tally;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Clients of the sample shop, each on a thread with an account of its own: they post a cent and look, by turns. A status but 200, an answer
 * of two versions and a lost connection are failures. Thread safety: one thread begins and ends it, any may mark and count.
 */
final class Customers implements AutoCloseable {
    private static final int THREADS = 4;
    private static final Duration REQUEST = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Tally tally = new Tally();
    private volatile boolean ended;

    private Customers() {}

    static Customers none() {
        return new Customers();
    }

    /** @param uri of a path */
    static Customers of(Function<String, URI> uri) {
        Customers customers = new Customers();
        for (int i = 0; i < THREADS; i++) {
            String account = "ways-" + i;
            Thread thread = new Thread(() -> customers.run(uri, account), account);
            thread.setDaemon(true);
            customers.threads.add(thread);
        }
        customers.threads.forEach(Thread::start);
        return customers;
    }

    void mark() {
        tally = new Tally();
    }

    Noticed noticed() {
        return Probed.parse(tally.toString()).noticed();
    }

    private void run(Function<String, URI> uri, String account) {
        HttpRequest look = HttpRequest.newBuilder(uri.apply("/checkout?item=tea&quantity=2&account=" + account))
                .timeout(REQUEST)
                .build();
        HttpRequest post = HttpRequest.newBuilder(uri.apply("/checkout?amount=1&account=" + account))
                .POST(HttpRequest.BodyPublishers.noBody())
                .timeout(REQUEST)
                .build();
        for (long i = 0; !ended; i++) {
            Tally counted = tally;
            long begin = System.nanoTime();
            try {
                check(client.send(i % 2 == 0 ? look : post, BodyHandlers.ofString()), counted);
            } catch (IOException e) {
                counted.failed(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            counted.called(System.nanoTime() - begin);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void check(HttpResponse<String> answer, Tally counted) {
        if (answer.statusCode() != 200) {
            counted.failed(answer.statusCode() + " for " + answer.request().method());
        } else if (answer.body().contains("1.0.0") && answer.body().contains("2.0.0")) {
            counted.failed("an answer of two versions: " + answer.body().strip());
        }
    }

    @Override
    public void close() {
        ended = true;
        for (Thread thread : threads) {
            try {
                thread.join(REQUEST.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
