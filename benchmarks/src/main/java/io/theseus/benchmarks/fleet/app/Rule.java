// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.app;

/** Something to do in a call, so that it is more than a count. */
final class Rule {
    private final long factor;
    private volatile long last;

    Rule(long factor) {
        this.factor = factor;
    }

    void apply(long call) {
        if (call % 64 == 0) {
            last = last * factor + call;
        }
    }
}
