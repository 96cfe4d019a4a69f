// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.framework.internal.Succession.Party;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuccessionTextTest {
    private static final Succession SUCCESSION = new Succession(
            new Party(12, "ledger 1.0.0", "mvn:a/b: c"),
            new Party(57, "ledger 2.0.0", "file:ledger.jar#2.0.0"),
            List.of("ledger.accounts", "other: pid"),
            List.of("third"));

    @Test
    void readsWhatItWrote() {
        assertThat(SuccessionText.read(SuccessionText.write(SUCCESSION))).contains(SUCCESSION);
    }

    @Test
    void writesLinesThatAPersonCanRead() {
        assertThat(SuccessionText.write(SUCCESSION))
                .contains("from.bundle: ledger 1.0.0\n", "to.location: file:ledger.jar#2.0.0\n", "dynamic: third\n");
    }

    @Test
    void refusesATextThatIsCutAnywhere() {
        String text = SuccessionText.write(SUCCESSION);

        for (int length = 0; length < text.length() - 2; length++) {
            assertThat(SuccessionText.read(text.substring(0, length))).isEmpty();
        }
    }

    @Test
    void refusesAnotherFormatAndAnIdThatIsNoNumber() {
        String text = SuccessionText.write(SUCCESSION);

        assertThat(SuccessionText.read(text.replace("format: 1", "format: 2"))).isEmpty();
        assertThat(SuccessionText.read(text.replace("from.id: 12", "from.id: x")))
                .isEmpty();
    }
}
