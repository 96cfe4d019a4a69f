// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallsMadeTest {
    @Test
    void theInterfaceHasFiftyMethodsAndAClass() {
        Fifty fifty = Fifty.make();

        assertThat(fifty.type().getMethods()).hasSize(50);
        assertThat(fifty.type().isInstance(fifty.target())).isTrue();
        assertThat(fifty.target().of(14)).isEqualTo(42);
    }

    @Test
    void everyViaStandsBeforeTheInterfaceOfFiftyMethods() {
        Fifty fifty = Fifty.make();

        assertThat(Stream.of(Via.values())
                        .map(via -> front(via, fifty.type(), fifty.target()).of(2)))
                .containsOnly(6L);
    }

    @Test
    void eachOfTwentyHasAClassOfItsOwn() {
        Price[] twenty = Twenty.fronted(target -> target);

        assertThat(Arrays.stream(twenty).map(Object::getClass).distinct()).hasSize(20);
        assertThat(Arrays.stream(twenty).map(each -> each.of(5))).containsOnly(15L);
    }

    @Test
    void whatWasUpgradedUnderCallsAnswersAsBefore() throws InterruptedException {
        assertThat(StableCalls.upgraded(2).of(5)).isEqualTo(15);
    }

    private static <T extends Price> Price front(Via via, Class<T> type, Price target) {
        return via.front(type, type.cast(target));
    }
}
