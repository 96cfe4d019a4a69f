// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import io.theseus.benchmarks.bundles.probe.Tally;
import io.theseus.samples.driver.Answer;
import io.theseus.samples.driver.HttpConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Keep-alive connections to a servlet, each with a request after the other without a pause. Any answer but 200 with what was asked is lost, and a
 * connection that goes too. Thread safety: for one thread.
 */
final class Asking implements AutoCloseable {
    static final int CONNECTIONS = 4;

    private final int port;
    private final String path;
    private final List<Thread> threads = new ArrayList<>();
    private volatile Count count = new Count();
    private volatile boolean ended;

    /** @param path of the servlet */
    Asking(int port, String path) {
        this.port = port;
        this.path = path;
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread thread = new Thread(this::run, "asking-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /**
     * What was noticed since the last mark, in milliseconds.
     *
     * @param versions that answered
     */
    record Noticed(long requests, long lost, double p99, double longest, Set<String> versions, List<String> failures) {
        Noticed {
            versions = Set.copyOf(versions);
            failures = List.copyOf(failures);
        }
    }

    void mark() {
        count = new Count();
    }

    long requests() {
        return count.tally.calls();
    }

    Noticed noticed() {
        Count counted = count;
        Histogram times = counted.times.copy();
        return new Noticed(
                counted.tally.calls(),
                counted.tally.failed(),
                times.getValueAtPercentile(99) / 1e6,
                times.getMaxValue() / 1e6,
                counted.versions,
                counted.tally.failures());
    }

    private static final class Count {
        private final Tally tally = new Tally();
        private final ConcurrentHistogram times = new ConcurrentHistogram(3);
        private final Set<String> versions = ConcurrentHashMap.newKeySet();
    }

    private void run() {
        while (!ended) {
            try (HttpConnection connection = new HttpConnection(port)) {
                boolean open = true;
                while (open && !ended) {
                    open = ask(connection);
                }
            } catch (IOException | RuntimeException e) {
                count.tally.failed(e.toString());
            }
        }
    }

    /** Answers whether the connection is still open. */
    private boolean ask(HttpConnection connection) throws IOException {
        Count counted = count;
        String query = "n=" + System.nanoTime();
        long begun = System.nanoTime();
        Answer answer;
        try {
            answer = connection.exchange("GET", path + "?" + query, Optional.empty());
        } finally {
            long took = System.nanoTime() - begun;
            counted.tally.called(took);
            counted.times.recordValue(took);
        }
        if (answer.status() != 200) {
            counted.tally.failed("status " + answer.status());
        } else if (!answer.body().strip().endsWith("query=" + query)) {
            counted.tally.failed("another answer");
        } else {
            counted.versions.addAll(answer.versions());
        }
        return !answer.closes();
    }

    @Override
    public void close() {
        ended = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
