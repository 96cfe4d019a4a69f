// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceListTest {
    private final PriceList prices = new PriceList();

    @ParameterizedTest
    @CsvSource({"tea, 1, 350", "tea, 2, 700", "rope, 1, 1200", "oakum, 9, 810", "oakum, 20, 1620", "anchor, 1, 500"})
    void quotesAnItem(String item, int quantity, long cents) {
        assertThat(prices.quote(item, quantity)).isEqualTo(cents);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void refusesNoQuantity(int quantity) {
        assertThatThrownBy(() -> prices.quote("tea", quantity)).hasMessage("a quantity is at least 1, not " + quantity);
    }
}
