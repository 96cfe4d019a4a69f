// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.switchboard.internal.stable.StableClass;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.util.promise.Deferred;
import org.osgi.util.promise.Promise;

class PromisesTest {
    /** Answers a promise. */
    public interface Promising {
        Promise<String> promise();
    }

    @Test
    void aPromiseHoldsItsGenerationUntilItIsResolved() {
        Board board = new Board();
        Traffic traffic = new Traffic(board);
        Deferred<String> deferred = new Deferred<>();
        Promising target = deferred::getPromise;
        Promising stable = (Promising) StableClass.define(List.of(Promising.class))
                .create(new Wiring(board, traffic.application("a"), new Standalone(target), "promising"));
        board.open();

        assertThat(stable.promise()).isSameAs(deferred.getPromise());
        traffic.switchOver();

        assertThat(traffic.awaitIdle(Duration.ZERO)).hasSize(1);
        deferred.resolve("done");
        assertThat(traffic.awaitIdle(Duration.ofSeconds(5))).isEmpty();
        stable.promise();
        assertThat(traffic.application("a").pin(board.current()).holds.count()).isZero();
    }
}
