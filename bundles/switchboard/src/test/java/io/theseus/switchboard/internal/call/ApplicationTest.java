// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApplicationTest {
    private final Board board = new Board();
    private final Application application = new Application("a");

    @Test
    void aGenerationOnTheSideOfAPurgedOneHasAPinOfItsOwn() {
        Generation first = board.current();
        Pin gone = application.pin(first);
        board.open();
        board.exchange();
        board.drop();

        Generation third = board.open();

        assertThat(third.side()).isEqualTo(first.side());
        assertThat(application.pin(third)).isNotSameAs(gone);
        assertThat(application.pin(third).generation()).isSameAs(third);
    }

    @Test
    void whatOutlivedAPurgeDoesNotTakeThePinOfItsSuccessorAway() {
        Generation first = board.current();
        board.open();
        board.exchange();
        board.drop();
        Pin third = application.pin(board.open());

        assertThat(application.pin(first).generation()).isSameAs(first);

        assertThat(application.pins()).containsExactly(third);
    }

    @Test
    void itIsSaidByItsName() {
        assertThat(application).hasToString("a");
    }
}
