// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.basket;

import io.theseus.samples.shop.Basket;
import io.theseus.samples.shop.Ledger;
import io.theseus.samples.shop.Pricing;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Adds up with the prices of one application and looks into the books of another. Delivery is free from 30.00 on. */
@Component(name = "basket.WickerBasket")
public final class WickerBasket implements Basket {
    static final String VERSION = "3.0.0";
    static final long DELIVERY = 490;
    static final long FREE_FROM = 3000;

    private final Pricing pricing;
    private final Ledger ledger;

    @Activate
    public WickerBasket(@Reference Pricing pricing, @Reference Ledger ledger) {
        this.pricing = pricing;
        this.ledger = ledger;
    }

    @Override
    public Filled fill(String account, List<Line> lines) {
        List<String> met = new ArrayList<>();
        met.add(VERSION);
        long cents = 0;
        for (Line line : lines) {
            cents += pricing.quote(line.item(), line.quantity());
            met.add(pricing.version());
        }
        long balance = ledger.balance(account);
        met.add(ledger.version());
        return new Filled(cents < FREE_FROM ? cents + DELIVERY : cents, balance, met);
    }

    @Override
    public String version() {
        return VERSION;
    }
}
