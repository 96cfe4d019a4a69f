// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final String USAGE = "race [N...] [--rounds R] [--peers]";

    @Test
    void optionsStandAnywhereAmongNumbers() {
        Arguments words = new Arguments(USAGE, "10", "--rounds", "2", "50", "--peers");

        assertThat(words.number("--rounds", 5)).isEqualTo(2);
        assertThat(words.flag("--peers")).isTrue();
        assertThat(words.numbers(7)).containsExactly(10, 50);
    }

    @Test
    void whatIsNotSaidIsTheDefault() {
        Arguments words = new Arguments(USAGE);

        assertThat(words.number("--rounds", 5)).isEqualTo(5);
        assertThat(words.flag("--peers")).isFalse();
        assertThat(words.numbers(10, 50)).containsExactly(10, 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "-3", "--round", "--rounds x", "--rounds 0", "--rounds"})
    void whatIsNotKnownIsRefusedWithTheUsage(String text) {
        Arguments words = new Arguments(USAGE, text.split(" "));

        assertThatThrownBy(() -> {
                    words.number("--rounds", 5);
                    words.numbers(10);
                })
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("usage: benchmarks/run " + USAGE);
    }

    @Test
    void whatIsLeftIsRefused() {
        Arguments words = new Arguments(USAGE, "--peers", "more");

        assertThatThrownBy(words::end).hasMessageStartingWith("--peers more is not known");
    }

    @Test
    void twoNumbersAreTooManyForOne() {
        Arguments words = new Arguments(USAGE, "1", "2");

        assertThatThrownBy(() -> words.number(5)).hasMessageStartingWith("2 numbers are too many");
    }
}
