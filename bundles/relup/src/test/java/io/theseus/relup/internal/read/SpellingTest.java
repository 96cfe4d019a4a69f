// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "update, update",
        "updaet, update",
        "UPDATE, update",
        "load_bundel, load_bundle",
        "loadbundle, load_bundle",
        "do, to",
        "if, ''",
        "frobnicate, ''",
    })
    void findsWhatWasMeant(String word, String meant) {
        assertThat(Spelling.meant(word, List.of("update", "load_bundle", "to")).orElse(""))
                .isEqualTo(meant);
    }
}
