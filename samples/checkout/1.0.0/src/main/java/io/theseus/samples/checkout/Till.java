// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.checkout;

import io.theseus.samples.shop.Basket;
import io.theseus.samples.shop.Basket.Filled;
import io.theseus.samples.shop.Basket.Line;
import io.theseus.samples.shop.Ledger;
import io.theseus.samples.shop.Ledger.Total;
import io.theseus.samples.shop.Pricing;
import java.util.List;

/**
 * What happens at the checkout. Every receipt names the versions of all applications it met, directly and through the
 * basket: in one receipt they are all of one release.
 */
final class Till {
    static final String VERSION = "1.0.0";

    private final Pricing pricing;
    private final Ledger ledger;
    private final Basket basket;

    Till(Pricing pricing, Ledger ledger, Basket basket) {
        this.pricing = pricing;
        this.ledger = ledger;
        this.basket = basket;
    }

    Receipt look(String account, String item, int quantity) {
        Receipt receipt = new Receipt().met(VERSION);
        long cents = pricing.quote(item, quantity);
        receipt.met(pricing.version()).met(ledger.version());
        Filled filled = basket.fill(account, List.of(new Line(item, quantity), new Line("oakum", 1)));
        receipt.met(basket.version()).met(filled.versions());
        long balance = ledger.balance(account);
        return receipt.met(pricing.version())
                .met(ledger.version())
                .put("cents", cents)
                .put("balance", balance);
    }

    Receipt post(String account, long cents) {
        Receipt receipt = new Receipt().met(VERSION).met(ledger.version()).met(pricing.version());
        long balance = ledger.post(account, cents);
        return receipt.met(ledger.version()).put("posted", cents).put("balance", balance);
    }

    Receipt books() {
        Receipt receipt = new Receipt().met(VERSION).met(ledger.version());
        Total total = ledger.total();
        return receipt.met(ledger.version())
                .put("accounts", total.accounts())
                .put("postings", total.postings())
                .put("cents", total.cents())
                .put("batches", total.batches());
    }
}
