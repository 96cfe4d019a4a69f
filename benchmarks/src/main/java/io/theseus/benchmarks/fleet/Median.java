// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import java.util.ArrayList;
import java.util.List;

/** Numbers of repeated runs. Thread safety: for one thread. */
final class Median {
    private final List<Double> numbers = new ArrayList<>();

    void add(double number) {
        numbers.add(number);
    }

    @Override
    public String toString() {
        if (numbers.isEmpty()) {
            return "-";
        }
        double median =
                numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
        return median < 10 ? "%.2f".formatted(median) : "%.0f".formatted(median);
    }
}
