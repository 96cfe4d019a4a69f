// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Calls the health check executor from several threads without an end, and counts: {@code health:calls} in the shell. Its reference is
 * static and mandatory: if the executor ever went away, this component would begin again at zero. Thread safety: safe for use by many
 * threads.
 */
@Component(
        immediate = true,
        service = HealthCalls.class,
        property = {"osgi.command.scope=health", "osgi.command.function=calls"})
public final class HealthCalls {
    private static final int THREADS = 4;
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final HealthCheckExecutor executor;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong results = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private volatile String failure = "none";
    private volatile boolean stopped;

    @Activate
    public HealthCalls(@Reference HealthCheckExecutor executor) {
        this.executor = executor;
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::run, "health-calls-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    @Deactivate
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            thread.join();
        }
    }

    /** The command: prints the counts. */
    public void calls() {
        System.out.println("calls=" + calls + " failed=" + failed + " results=" + results + " longest_us="
                + longest.get() / 1000 + " failure=" + failure);
    }

    private void run() {
        // The tag of the one general check that needs no configuration.
        HealthCheckSelector alive = HealthCheckSelector.tags("systemalive");
        // Every call does the work: a cached result would say nothing about the code behind it.
        HealthCheckExecutionOptions options = new HealthCheckExecutionOptions().setForceInstantExecution(true);
        while (!stopped) {
            long begin = System.nanoTime();
            try {
                int found = executor.execute(alive, options).size();
                results.addAndGet(found);
                if (found == 0) {
                    failed("no result");
                }
            } catch (RuntimeException | LinkageError e) {
                failed(e.toString());
            }
            calls.incrementAndGet();
            longest.accumulateAndGet(System.nanoTime() - begin, Math::max);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void failed(String why) {
        failed.incrementAndGet();
        failure = why;
    }
}
