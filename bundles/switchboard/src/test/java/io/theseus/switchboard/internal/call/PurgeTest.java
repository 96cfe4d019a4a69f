// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.GenerationPurgedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of calls whose generation is purged. */
@Timeout(30)
class PurgeTest extends TwoApplications {
    @Test
    void aCallThatOutlivesAPurgeCanNotCallOn() throws Exception {
        board.open();
        Inside old = new Inside(a, () -> b.stable.run(() -> "never"));
        traffic.switchOver();
        assertThat(traffic.busy()).hasSize(1);
        board.drop();
        board.open();

        old.go.countDown();

        assertThatThrownBy(() -> old.result.get(5, SECONDS)).hasCauseInstanceOf(GenerationPurgedException.class);
        assertThat(b.stable.<String>run(() -> "new")).isEqualTo("new");
    }

    @Test
    void aPurgeInterruptsWhatStillRunsInItAndNothingElse() throws Exception {
        board.open();
        CountDownLatch in = new CountDownLatch(1);
        CompletableFuture<String> blocked = async(() -> a.stable.run(() -> {
            in.countDown();
            try {
                return "not interrupted " + new CountDownLatch(1).await(10, SECONDS);
            } catch (InterruptedException e) {
                return "interrupted";
            }
        }));
        pass(in);
        traffic.switchOver();
        Inside current =
                new Inside(a, () -> "interrupted " + Thread.currentThread().isInterrupted());
        a.stable.run(() -> "ended");

        assertThat(board.drop()).isEqualTo(1);

        assertThat(blocked.get(5, SECONDS)).isEqualTo("interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        current.go.countDown();
        assertThat(current.result.get(5, SECONDS)).isEqualTo("interrupted false");
        assertThat(board.drop()).isZero();
    }

    @Test
    void anInterruptThatTheCallDidNotHeedEndsWithIt() throws Exception {
        board.open();
        AtomicBoolean go = new AtomicBoolean();
        CountDownLatch in = new CountDownLatch(1);
        CompletableFuture<List<Boolean>> interrupted = async(() -> {
            boolean within = a.stable.run(() -> {
                in.countDown();
                while (!go.get()) {
                    Thread.onSpinWait();
                }
                return Thread.currentThread().isInterrupted();
            });
            boolean after = Thread.currentThread().isInterrupted();
            Thread.currentThread().interrupt();
            a.stable.run(() -> "next");
            return List.of(within, after, Thread.currentThread().isInterrupted());
        });
        pass(in);
        traffic.switchOver();

        assertThat(board.drop()).isEqualTo(1);

        go.set(true);
        // That of somebody else, in a later call, is left alone.
        assertThat(interrupted.get(5, SECONDS)).containsExactly(true, false, true);
    }

    @Test
    void anInterruptEndsWithACallThatFailsToo() {
        board.open();

        assertThatThrownBy(() -> a.stable.run(() -> {
                    traffic.switchOver();
                    CompletableFuture.runAsync(board::drop).join();
                    throw new IllegalArgumentException(
                            "interrupted " + Thread.currentThread().isInterrupted());
                }))
                .hasMessage("interrupted true");

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theThreadThatPurgesDoesNotInterruptItself() {
        board.open();

        int interrupted = a.stable.run(() -> {
            traffic.switchOver();
            return board.drop();
        });

        assertThat(interrupted).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatOutlivesAPurgeKeepsNoLaterSuspensionFromBeingQuiet() throws Exception {
        board.open();
        Inside old = new Inside(a, () -> "ended");
        Hold unending = new Hold(
                traffic.application("a").pin(board.current()),
                traffic.application("a").pin(board.current()));
        traffic.switchOver();
        assertThat(traffic.busy()).hasSize(2);
        board.drop();

        assertThat(suspend(Duration.ZERO, LONG, "a")).isEmpty();

        traffic.resume();
        unending.run();
        old.go.countDown();
        assertThat(old.result.get(5, SECONDS)).isEqualTo("ended");
    }
}
