// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.samples.shop.Basket;
import io.theseus.samples.shop.Ledger;
import io.theseus.samples.shop.Pricing;
import java.util.List;
import org.junit.jupiter.api.Test;

class TillTest {
    private final Till till = new Till(new TenCents(), new OneAccount(), new Thrifty());

    @Test
    void namesEveryVersionItMetDirectlyAndThroughTheBasket() {
        assertThat(till.look("a", "tea", 3))
                .hasToString("versions=[2.0.0,p,l,b,b,bp,bl,p,l] cents=30 delivered=200 balance=77\n");
    }

    @Test
    void postsAndAnswersTheNewBalance() {
        assertThat(till.post("a", 12)).hasToString("versions=[2.0.0,l,p,l] posted=12 balance=89\n");
    }

    @Test
    void sumsUpTheBooks() {
        assertThat(till.books()).hasToString("versions=[2.0.0,l,l] accounts=1 postings=2 cents=77 batches=3\n");
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
            return 77 + cents;
        }

        @Override
        public long balance(String account) {
            return 77;
        }

        @Override
        public Total total() {
            return new Total(1, 2, 77, 3);
        }

        @Override
        public String version() {
            return "l";
        }
    }

    private record Thrifty() implements Basket {
        @Override
        public Filled fill(String account, List<Line> lines) {
            return new Filled(lines.size() * 100L, 77, List.of("b", "bp", "bl"));
        }

        @Override
        public String version() {
            return "b";
        }
    }
}
