// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.RefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AloneTest {
    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    @Test
    void meetsItselfAndNobodyElse() {
        Alone alone = new Alone(felix.context());

        assertThat(alone.problems(List.of())).isEmpty();
        assertThat(alone.problems(List.of("root"))).isEmpty();
        assertThatCode(() -> alone.meet("ready", List.of("root"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> alone.meet("ready", List.of("root", "two")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("two");
    }
}
