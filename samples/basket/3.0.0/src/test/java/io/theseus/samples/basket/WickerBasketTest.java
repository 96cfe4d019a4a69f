// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.basket;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.samples.shop.Basket.Filled;
import io.theseus.samples.shop.Basket.Line;
import io.theseus.samples.shop.Ledger;
import io.theseus.samples.shop.Pricing;
import java.util.List;
import org.junit.jupiter.api.Test;

class WickerBasketTest {
    private final WickerBasket basket = new WickerBasket(new TenCents(), new OneAccount());

    @Test
    void addsUpWithDeliveryAndNamesWhomItMet() {
        Filled filled = basket.fill("a", List.of(new Line("tea", 2), new Line("rope", 1)));

        assertThat(filled).isEqualTo(new Filled(30 + 490, 77, List.of("3.0.0", "p", "p", "l")));
    }

    @Test
    void deliversForNothingFromALimitOn() {
        Filled below = basket.fill("a", List.of(new Line("tea", 299)));
        Filled limit = basket.fill("a", List.of(new Line("tea", 300)));

        assertThat(below.cents()).isEqualTo(2990 + 490);
        assertThat(limit.cents()).isEqualTo(3000);
    }

    private record TenCents() implements Pricing {
        @Override
        public long quote(String item, int quantity) {
            return 10L * quantity;
        }

        @Override
        public String version() {
            return "p";
        }
    }

    private record OneAccount() implements Ledger {
        @Override
        public long post(String account, long cents) {
            throw new AssertionError("a basket posts nothing");
        }

        @Override
        public long balance(String account) {
            return 77;
        }

        @Override
        public Total total() {
            return new Total(1, 1, 77, 0);
        }

        @Override
        public String version() {
            return "l";
        }
    }
}
