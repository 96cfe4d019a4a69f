// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Folder.How;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that deals with files, so that the watcher's thread never waits. What is reported together is dealt with together;
 * what waits is looked at again.
 *
 * <p>Thread safety: safe for use by many threads.
 */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration ENDING = Duration.ofSeconds(5);

    private final Folder folder;
    private final Told told;
    private final Duration gathering;
    private final Duration again;
    private final AtomicBoolean ended;
    private final ScheduledThreadPoolExecutor thread;
    /** Guarded by itself. */
    private final SortedMap<Path, How> arrivals = new TreeMap<>();

    private volatile long reported;

    /**
     * @param gathering from the last report to the round: the files of one look at the folder are reported one by one
     * @param again from a round to the next, while something waits
     * @param ended set when this is closed
     */
    Rounds(Folder folder, Told told, Duration gathering, Duration again, AtomicBoolean ended) {
        this.folder = folder;
        this.told = told;
        this.gathering = gathering;
        this.again = again;
        this.ended = ended;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread next = new Thread(task, "theseus-deployer");
            next.setDaemon(true);
            return next;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void report(Path path, How how) {
        synchronized (arrivals) {
            How before = arrivals.get(path);
            // It went and came back: no matter what was answered.
            arrivals.put(path, before != null && before != How.AGAIN && how == How.NEW ? How.CHANGED : how);
        }
        reported = System.nanoTime();
        schedule(gathering);
    }

    private void schedule(Duration delay) {
        if (!ended.get()) {
            ScheduledFuture<?> unused = thread.schedule(this::round, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void round() {
        if (System.nanoTime() - reported < gathering.toNanos()) {
            // Something was reported since, which scheduled a round of its own.
            return;
        }
        SortedMap<Path, How> taken;
        synchronized (arrivals) {
            taken = new TreeMap<>(arrivals);
            arrivals.clear();
        }
        told.all().stream()
                .filter(e -> e.answer().again())
                .forEach(e -> taken.putIfAbsent(e.item().path(), How.AGAIN));
        if (taken.isEmpty() || ended.get()) {
            return;
        }
        try {
            folder.round(taken);
        } catch (CancellationException e) {
            return;
        } catch (RuntimeException e) {
            LOG.error("Files could not be dealt with: {}", taken.keySet(), e);
        }
        if (told.all().stream().anyMatch(e -> e.answer().again())) {
            schedule(again);
        }
    }

    /** Begins nothing more. What is under way in the release handler goes on there. */
    @Override
    public void close() {
        ended.set(true);
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("Something is still being installed; its end is not waited for");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
