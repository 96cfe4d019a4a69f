// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.switchboard.internal.stable.StableClass;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.util.promise.Deferred;
import org.osgi.util.promise.Promise;

class PromisesTest {
    /** Answers a promise. */
    public interface Promising {
        Promise<?> promise();
    }

    private final Board board = new Board();
    private final Traffic traffic = new Traffic(board);

    private Promising stable(Promising target) {
        return (Promising) StableClass.define(List.of(Promising.class))
                .create(new Wiring(board, traffic.application("a"), new Standalone(target), "promising"));
    }

    private long holds() {
        return traffic.application("a").pin(board.current()).holds.count();
    }

    @Test
    void aPromiseHoldsItsGenerationUntilItIsResolved() {
        Deferred<String> deferred = new Deferred<>();
        Promising stable = stable(deferred::getPromise);
        board.open();

        assertThat(stable.promise()).isSameAs(deferred.getPromise());
        traffic.switchOver();

        assertThat(traffic.awaitIdle(Duration.ZERO)).hasSize(1);
        deferred.resolve("done");
        assertThat(traffic.awaitIdle(Duration.ofSeconds(5))).isEmpty();
        stable.promise();
        assertThat(holds()).isZero();
    }

    @Test
    void aPromiseThatTakesNoCallbackHoldsNothing() {
        boolean[] asked = new boolean[1];
        Promise<?> promise = (Promise<?>) Proxy.newProxyInstance(
                Promise.class.getClassLoader(), new Class<?>[] {Promise.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("isDone")) {
                        return false;
                    }
                    asked[0] = true;
                    throw new IllegalStateException(method.getName());
                });

        stable(() -> promise).promise();

        assertThat(asked[0]).isTrue();
        assertThat(holds()).isZero();
    }
}
