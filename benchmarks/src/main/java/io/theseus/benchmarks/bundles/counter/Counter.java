// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.counter;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.benchmarks.bundles.money.Money;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;

/** Counts the calls it ever got, over all versions. A count that is less than one before is a failure. */
@Component(
        service = {Supplier.class, CodeChange.class},
        property = "ways.call=counter")
public final class Counter implements Supplier<String>, CodeChange<Long> {
    private static final String HIGHEST = Counter.class.getName() + ".highest";

    private final String version = Money.version();
    private final AtomicLong cents = new AtomicLong();

    @Override
    public String get() {
        long mine = cents.incrementAndGet();
        // What outlives every version: somebody who remembers what was told last.
        long told = Long.getLong(HIGHEST, 0);
        if (mine + 1000 < told) {
            throw new IllegalStateException("the count is " + mine + ", and was " + told);
        }
        if (mine % 100 == 0) {
            System.setProperty(HIGHEST, Long.toString(mine));
        }
        return version + " " + Money.text(mine);
    }

    @Override
    public Long suspend() {
        return cents.get();
    }

    @Override
    public void codeChange(Long state, Change change) {
        cents.set(state);
    }

    @Override
    public void resume() {
        // Nothing runs between calls.
    }
}
