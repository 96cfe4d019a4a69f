// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.handler.internal.Transitions.Action;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionsTest {
    private static final ReleaseId ID = ReleaseId.parse("shop/1.0.0");

    @ParameterizedTest
    @CsvSource({
        "UNPACKED,  INSTALL,        CURRENT",
        "UNPACKED,  MAKE_PERMANENT, refused",
        "UNPACKED,  SUPERSEDE,      refused",
        "UNPACKED,  ROLL_BACK,      refused",
        "UNPACKED,  RESTART,        UNPACKED",
        "UNPACKED,  REBOOT,         refused",
        "UNPACKED,  REMOVE,         gone",
        "UNPACKED,  TRY,            TMP_CURRENT",
        "UNPACKED,  COME_UP,        refused",
        "TMP_CURRENT, INSTALL,        refused",
        "TMP_CURRENT, TRY,            refused",
        "TMP_CURRENT, COME_UP,        CURRENT",
        "TMP_CURRENT, MAKE_PERMANENT, refused",
        "TMP_CURRENT, SUPERSEDE,      refused",
        "TMP_CURRENT, ROLL_BACK,      UNPACKED",
        "TMP_CURRENT, RESTART,        UNPACKED",
        "TMP_CURRENT, REBOOT,         refused",
        "TMP_CURRENT, REMOVE,         refused",
        "CURRENT,   TRY,            refused",
        "CURRENT,   COME_UP,        refused",
        "PERMANENT, TRY,            refused",
        "PERMANENT, COME_UP,        refused",
        "OLD,       TRY,            TMP_CURRENT",
        "OLD,       COME_UP,        refused",
        "CURRENT,   INSTALL,        refused",
        "CURRENT,   MAKE_PERMANENT, PERMANENT",
        "CURRENT,   SUPERSEDE,      refused",
        "CURRENT,   ROLL_BACK,      UNPACKED",
        "CURRENT,   RESTART,        UNPACKED",
        "CURRENT,   REBOOT,         refused",
        "CURRENT,   REMOVE,         refused",
        "PERMANENT, INSTALL,        refused",
        "PERMANENT, MAKE_PERMANENT, refused",
        "PERMANENT, SUPERSEDE,      OLD",
        "PERMANENT, ROLL_BACK,      refused",
        "PERMANENT, RESTART,        PERMANENT",
        "PERMANENT, REBOOT,         refused",
        "PERMANENT, REMOVE,         refused",
        "OLD,       INSTALL,        CURRENT",
        "OLD,       MAKE_PERMANENT, refused",
        "OLD,       SUPERSEDE,      refused",
        "OLD,       ROLL_BACK,      refused",
        "OLD,       RESTART,        OLD",
        "OLD,       REBOOT,         PERMANENT",
        "OLD,       REMOVE,         gone",
    })
    void everyActionOnEveryStatus(ReleaseStatus status, Action action, String next) {
        if (next.equals("refused")) {
            assertThatThrownBy(() -> Transitions.check(ID, status, action))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("shop/1.0.0 is " + status.name().toLowerCase(java.util.Locale.ROOT));
        } else {
            assertThat(Transitions.check(ID, status, action))
                    .isEqualTo(next.equals("gone") ? Optional.empty() : Optional.of(ReleaseStatus.valueOf(next)));
        }
    }
}
