// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.switchboard.internal.stable.StableClass;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BoardTest {
    private final Board board = new Board();
    private final Application application = new Application("a");
    private final Supplier<?> pinned = pinned();

    /** A stable service that answers the pin of the call. */
    private Supplier<?> pinned() {
        Supplier<Optional<Pin>> target = this::running;
        return (Supplier<?>) StableClass.define(List.of(Supplier.class))
                .create(new Wiring(board, application, new Standalone(target), "pinned"));
    }

    private Optional<Pin> running() {
        return Optional.ofNullable(board.slots().get().pin);
    }

    @Test
    void aCallAfterTwoReleasesIsInTheGenerationThatIsCurrentThen() {
        assertThat(pinned.get()).isEqualTo(Optional.of(application.pin(board.current())));
        for (int release = 0; release < 2; release++) {
            board.open();
            board.exchange();
            board.drop();
        }

        assertThat(pinned.get()).isEqualTo(Optional.of(application.pin(board.current())));
        assertThat(running()).isEmpty();
    }

    @Test
    void aTaskRunsInTheGenerationOfItsSide() throws Exception {
        Generation other = board.open();

        assertThat(board.carry(0, application, this::running).map(Pin::generation))
                .contains(board.current());
        assertThat(board.carry(1, application, this::running).map(Pin::generation))
                .contains(other);
        assertThat(running()).isEmpty();
    }

    @Test
    void aTaskOfASideWithoutAGenerationIsRefused() {
        assertThatThrownBy(() -> board.carry(1, application, this::running))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no generation is alive on that side");
    }

    @Test
    void aTaskInACallOfItsGenerationIsPartOfThatCall() throws Exception {
        Pin call = new Application("caller").pin(board.current());

        Optional<Pin> within = board.carry(call, () -> {
            try {
                return board.carry(0, application, this::running);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        assertThat(within.map(pin -> pin.application)).contains(call.application);
    }
}
