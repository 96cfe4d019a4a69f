// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One call, by what stands between: from outside, and from inside another call that went the same way. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallsBenchmark {
    @Param({"DIRECT", "REFLECTIVE", "BLUEPRINT", "STABLE"})
    private Via via = Via.DIRECT;

    private Price price = new Tariff(3);
    private Basket basket = new Shelf(price);

    @Setup
    public void front() {
        price = via.front(Price.class, new Tariff(3));
        basket = via.front(Basket.class, new Shelf(price));
    }

    /** Each thread asks for other items. */
    @State(Scope.Thread)
    public static class Customer {
        private long item = 1000;
    }

    @Benchmark
    public long root(Customer customer) {
        return price.of(customer.item++);
    }

    @Benchmark
    @OperationsPerInvocation(Basket.ITEMS)
    public void nested(Blackhole hole) {
        basket.fill(hole);
    }

    private record Tariff(long factor) implements Price {
        @Override
        public long of(long item) {
            return item * factor;
        }
    }

    private record Shelf(Price price) implements Basket {
        @Override
        public void fill(Blackhole hole) {
            // From 1000 on, because small numbers are boxed without allocation.
            for (long item = 1000; item < 1000 + ITEMS; item++) {
                hole.consume(price.of(item));
            }
        }
    }
}
