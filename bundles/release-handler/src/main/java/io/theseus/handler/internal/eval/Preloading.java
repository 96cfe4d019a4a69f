// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads and links the classes of what comes that were in use in what goes, on a thread beside the one that starts it: two processors are at
 * work, and no caller loads a class after the switch. It is for speed only: what does not work here is told when it happens for real.
 *
 * <p>Thread safety: used by one thread.
 */
final class Preloading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Preloading.class);

    private final Run run;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Future<?> loading;

    private Preloading(Run run, Workers workers, List<String> applications) {
        this.run = run;
        this.loading = workers.submit(() -> load(applications));
    }

    /**
     * To be called when everything is resolved and a generation is open: what a class loader calls meanwhile, a weaver say, belongs to it.
     *
     * @param applications in the order in which they are going to be started
     */
    static Preloading begin(Run run, Workers workers, List<String> applications) {
        return new Preloading(run, workers, applications);
    }

    private void load(List<String> applications) {
        try {
            int count = run.ports.switchboard().inOther(() -> {
                int classes = 0;
                for (String application : applications) {
                    classes += load(application);
                }
                return classes;
            });
            LOG.debug("{} classes of {} are loaded", count, run.course.to().id());
        } catch (Exception | Error e) {
            LOG.debug("not all classes of {} are loaded", run.course.to().id(), e);
        } finally {
            ended.countDown();
        }
    }

    private int load(String application) {
        long next = run.after(application).orElse(-1L);
        return run.before(application)
                .filter(old -> old != next && !Thread.currentThread().isInterrupted())
                .map(old -> run.ports.code().load(next, old))
                .orElse(0);
    }

    /** Waits for the end, as long as callers would be waited for. */
    void await() throws InterruptedException {
        if (!ended.await(run.limited(run.drain()).toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("loading classes of {} takes too long", run.course.to().id());
        }
    }

    /** Ends it with the class at hand. */
    @Override
    public void close() {
        if (ended.getCount() > 0) {
            loading.cancel(true);
            try {
                await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
