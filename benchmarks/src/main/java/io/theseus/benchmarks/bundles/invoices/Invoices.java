// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.invoices;

import io.theseus.benchmarks.bundles.money.Money;
import io.theseus.benchmarks.bundles.money.Rates;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks the two other applications. An answer of another version of the library than its own is a failure. */
@Component(property = "ways.call=invoices")
public final class Invoices implements Supplier<String> {
    private final String version = Money.version();
    private final Rates rates;
    private final Supplier<String> counter;

    @Activate
    public Invoices(@Reference Rates rates, @Reference(target = "(ways.call=counter)") Supplier<String> counter) {
        this.rates = rates;
        this.counter = counter;
    }

    @Override
    public String get() {
        Rates.Quote quote = rates.quote("tea");
        String counted = counter.get();
        if (!quote.version().equals(version) || !counted.startsWith(version + " ")) {
            throw new IllegalStateException(version + " got " + quote + " and " + counted);
        }
        return version + " " + Money.text(quote.cents());
    }
}
