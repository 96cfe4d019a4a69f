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
    private Signatures signatures = new Labels();
    private Price fifty = price;
    private Price[] twenty = {};

    @Setup
    public void front() {
        Fifty made = Fifty.make();
        fifty = front(made.type(), made.target());
        twenty = Twenty.fronted(target -> via.front(Price.class, target));
        signatures = via.front(Signatures.class, new Labels());
        price = via.front(Price.class, new Tariff(3));
        basket = via.front(Basket.class, new Shelf(price));
    }

    /** Each thread asks for other items. */
    @State(Scope.Thread)
    public static class Customer {
        long item = 1000;
        private final String text = "tea";
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

    /** Through an interface of fifty methods. */
    @Benchmark
    public long fifty(Customer customer) {
        return fifty.of(customer.item++);
    }

    /** Of twenty applications behind one interface, another one each time. */
    @Benchmark
    public long twenty(Customer customer) {
        long item = customer.item++;
        return twenty[(int) (item % twenty.length)].of(item);
    }

    @Benchmark
    public String reference(Customer customer) {
        return signatures.reference(customer.text);
    }

    @Benchmark
    public long wide(Customer customer) {
        return signatures.wide(customer.item++, 2, 3.5, customer.text, customer, true, 7, 8);
    }

    private <T extends Price> Price front(Class<T> type, Price target) {
        return via.front(type, type.cast(target));
    }

    private record Tariff(long factor) implements Price {
        @Override
        public long of(long item) {
            return item * factor;
        }
    }

    private record Labels() implements Signatures {
        @Override
        public String reference(String text) {
            return text;
        }

        @Override
        public long wide(long a, int b, double c, String d, Object e, boolean f, long g, int h) {
            return a + b + g + h;
        }
    }
}
