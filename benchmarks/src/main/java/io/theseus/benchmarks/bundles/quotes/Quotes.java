// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.quotes;

import io.theseus.benchmarks.bundles.money.Money;
import io.theseus.benchmarks.bundles.money.Rates;
import org.osgi.service.component.annotations.Component;

/** Says what something costs. */
@Component
public final class Quotes implements Rates {
    private final String version = Money.version();

    @Override
    public Quote quote(String item) {
        return new Quote(100L * item.length() + 99, version);
    }
}
