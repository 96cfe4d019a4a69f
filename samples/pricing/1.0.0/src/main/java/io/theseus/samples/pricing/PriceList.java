// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.pricing;

import io.theseus.samples.shop.Pricing;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** A price for each item; many cost as much as many times one. */
@Component(name = "pricing.PriceList")
public final class PriceList implements Pricing {
    static final String VERSION = "1.0.0";
    private static final Map<String, Long> CENTS = Map.of("tea", 350L, "rope", 1200L, "oakum", 90L);
    private static final long ANYTHING_ELSE = 500;

    @Override
    public long quote(String item, int quantity) {
        if (quantity < 1) {
            throw new IllegalArgumentException("a quantity is at least 1, not " + quantity);
        }
        return CENTS.getOrDefault(item, ANYTHING_ELSE) * quantity;
    }

    @Override
    public String version() {
        return VERSION;
    }
}
