// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One call through our stable object after releases: the compiler has seen what it leaves out of the code before, which is a closed gate, the other side
 * and a second class of target, and has compiled it all again.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UpgradedBenchmark {
    private static final int RELEASES = 3;

    private Price price = item -> item;
    private Basket basket = hole -> {};

    @Setup
    public void upgrade() throws InterruptedException {
        price = StableCalls.upgraded(RELEASES);
        basket = StableCalls.front(Basket.class, new Shelf(price));
    }

    @Benchmark
    public long root(CallsBenchmark.Customer customer) {
        return price.of(customer.item++);
    }

    @Benchmark
    @OperationsPerInvocation(Basket.ITEMS)
    public void nested(Blackhole hole) {
        basket.fill(hole);
    }
}
