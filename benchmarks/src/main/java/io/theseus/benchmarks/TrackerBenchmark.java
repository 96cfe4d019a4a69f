// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/** One call of a service that is asked of a tracker each time, as who wants to see changes without Declarative Services does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TrackerBenchmark {
    private @Nullable Scratch scratch;
    private @Nullable Framework framework;
    private @Nullable ServiceTracker<Price, Price> tracker;

    @Setup
    public void open() throws Exception {
        Scratch storage = Scratch.of("theseus-calls");
        scratch = storage;
        Framework started = Frameworks.start(storage.folder());
        framework = started;
        started.getBundleContext().registerService(Price.class, item -> item * 3, null);
        ServiceTracker<Price, Price> opened = new ServiceTracker<>(started.getBundleContext(), Price.class, null);
        opened.open();
        tracker = opened;
    }

    @TearDown
    public void close() throws BundleException, InterruptedException {
        Optional<Framework> started = Optional.ofNullable(framework);
        if (started.isPresent()) {
            started.get().stop();
            started.get().waitForStop(TimeUnit.SECONDS.toMillis(10));
        }
        Optional.ofNullable(scratch).ifPresent(Scratch::close);
    }

    @Benchmark
    @SuppressWarnings("NullAway") // a check would be measured too
    public long root(CallsBenchmark.Customer customer) {
        return tracker.getService().of(customer.item++);
    }
}
