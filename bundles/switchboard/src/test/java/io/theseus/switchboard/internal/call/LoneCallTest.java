// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.GenerationPurgedException;
import io.theseus.api.ServiceSuspendedException;
import io.theseus.switchboard.internal.stable.StableClass;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls before the switch of a service that is in the other generation only. */
class LoneCallTest {
    private final Board board = new Board();
    private final Traffic traffic = new Traffic(board);

    /** A service of side 1 that says in which generation it was called; the test acts while it is obtained. */
    private class Later extends Standalone {
        private final Runnable meanwhile;

        Later(Runnable meanwhile) {
            super((Supplier<Optional<Generation>>) LoneCallTest.this::generation);
            this.meanwhile = meanwhile;
        }

        @Override
        public @Nullable Object obtain(int side) {
            if (side == 0) {
                return null;
            }
            meanwhile.run();
            return super.obtain(side);
        }
    }

    /** One of an application that is new. */
    private final class New extends Later {
        New(Runnable meanwhile) {
            super(meanwhile);
        }

        @Override
        public boolean alone(int side) {
            return side == 1;
        }
    }

    private Optional<Generation> generation() {
        return Optional.ofNullable(board.slots().get().pin).map(Pin::generation);
    }

    private Supplier<?> stable(Backing backing) {
        return (Supplier<?>) StableClass.define(List.of(Supplier.class))
                .create(new Wiring(board, traffic.application("new"), backing, "supplier"));
    }

    private void suspend() {
        traffic.suspend(Set.of("new"), Duration.ZERO, Duration.ZERO, closed -> Set.of(), name -> false);
    }

    @Test
    void aNewApplicationIsCalledInItsGeneration() {
        Generation other = board.open();

        assertThat(stable(new New(() -> {})).get()).isEqualTo(Optional.of(other));
        assertThat(generation()).isEmpty();
    }

    @Test
    void aServiceThatAnApplicationIsYetToOfferIsNotCalled() throws Exception {
        Generation other = board.open();
        Supplier<?> later = stable(new Later(() -> {}));

        assertThatThrownBy(later::get)
                .isInstanceOf(ServiceSuspendedException.class)
                .hasMessage("application new offers no supplier in the generation of the call");
        assertThat(traffic.<Object>inOther(later::get)).isEqualTo(Optional.of(other));
    }

    @Test
    void aNewApplicationThatIsPurgedMeanwhileIsNotCalled() {
        board.open();
        Supplier<?> gone = stable(new New(board::drop));

        assertThatThrownBy(gone::get).isInstanceOf(GenerationPurgedException.class);
        assertThat(generation()).isEmpty();
    }

    @Test
    void aNewApplicationThatIsSuspendedMeanwhileIsNotCalled() {
        board.open();
        Supplier<?> closed =
                stable(new New(() -> CompletableFuture.runAsync(this::suspend).join()));

        assertThatThrownBy(closed::get)
                .isInstanceOf(ServiceSuspendedException.class)
                .hasMessageContaining("application new is suspended");
        traffic.resume();
    }

    @Test
    void whoStartsBundlesMayCallANewApplicationThatIsSuspended() throws Exception {
        Generation other = board.open();
        suspend();

        assertThat(traffic.<Object>throughGates(() -> stable(new New(() -> {})).get()))
                .isEqualTo(Optional.of(other));
        traffic.resume();
    }
}
