// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.api.GenerationPurgedException;
import io.theseus.api.ServiceSuspendedException;
import io.theseus.switchboard.internal.stable.StableClass;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallingTest {
    private static final Duration NO_TIME = Duration.ZERO;

    private final Board board = new Board();
    private final Traffic traffic = new Traffic(board);
    private final Calling calls = new Calling(board);
    private final Work work = service("a");
    private final Work nested = service("b");

    /** A service that says which side was called. */
    public interface Work {
        int side();

        <T> T run(Supplier<T> task);

        CompletionStage<String> later(CompletableFuture<String> answer);
    }

    private record Target(int side) implements Work {
        @Override
        public <T> T run(Supplier<T> task) {
            return task.get();
        }

        @Override
        public CompletionStage<String> later(CompletableFuture<String> answer) {
            return answer;
        }
    }

    private Work service(String name) {
        StableObject stable = StableClass.define(List.of(Work.class))
                .create(new Wiring(board, traffic.application(name), new Standalone(new Target(9)), name));
        StableObject.target(stable, 0, new Target(0));
        StableObject.target(stable, 1, new Target(1));
        return (Work) stable;
    }

    @Test
    void anAsynchronousResultHoldsItsGenerationUntilItCompletes() {
        board.open();
        CompletableFuture<String> answer = new CompletableFuture<>();

        assertThat(work.later(answer)).isSameAs(answer);
        traffic.switchOver();

        assertThat(traffic.awaitIdle(NO_TIME))
                .singleElement()
                .satisfies(call -> assertThat(call.application()).isEqualTo("a"));
        answer.complete("done");
        assertThat(traffic.awaitIdle(NO_TIME)).isEmpty();
    }

    @Test
    void aNestedAsynchronousResultHoldsBothApplications() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        work.run(() -> nested.later(answer));

        assertThat(traffic.application("a").pin(board.current()).holds.count()).isEqualTo(1);
        assertThat(traffic.application("b").pin(board.current()).holds.count()).isEqualTo(1);
        answer.completeExceptionally(new IllegalStateException());
        assertThat(traffic.application("a").pin(board.current()).holds.count()).isZero();
        assertThat(traffic.application("b").pin(board.current()).holds.count()).isZero();
    }

    @Test
    void aCompleteResultHoldsNothing() {
        work.later(CompletableFuture.completedFuture("there"));

        assertThat(traffic.application("a").pin(board.current()).holds.count()).isZero();
    }

    @Test
    void aResultThatTakesNoCallbackHoldsNothing() {
        work.later(new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
                throw new UnsupportedOperationException();
            }
        });

        assertThat(traffic.application("a").pin(board.current()).holds.count()).isZero();
    }

    @Test
    void aWrappedTaskRunsInTheGenerationOfItsCall() throws Exception {
        board.open();
        Callable<Integer> wrapped = work.run(() -> calls.wrap((Callable<Integer>) nested::side));
        Supplier<Integer> bare = nested::side;
        traffic.switchOver();

        assertThat(traffic.awaitIdle(NO_TIME)).hasSize(1);
        assertThat(CompletableFuture.supplyAsync(bare).get()).isEqualTo(1);
        assertThat(CompletableFuture.supplyAsync(() -> unchecked(wrapped)).get())
                .isEqualTo(0);
        assertThat(traffic.awaitIdle(NO_TIME)).isEmpty();
        assertThat(wrapped.call()).isEqualTo(1);
    }

    private static <T> T unchecked(Callable<T> task) {
        try {
            return task.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWrappedTaskThatRunsInsideAnotherCallGivesThatCallBack() {
        board.open();
        Supplier<Integer> wrapped = work.run(() -> calls.wrap((Supplier<Integer>) nested::side));
        traffic.switchOver();

        List<Integer> sides = work.run(() -> List.of(nested.side(), wrapped.get(), nested.side()));

        assertThat(sides).containsExactly(1, 0, 1);
        assertThat(traffic.application("a").pin(board.current()).holds.count()).isZero();
    }

    @Test
    void anInterruptedTaskLeavesTheCallAroundItAlone() {
        board.open();
        Supplier<Boolean> wrapped = work.run(() -> calls.wrap((Supplier<Boolean>) () -> {
            CompletableFuture.runAsync(board::drop).join();
            return Thread.currentThread().isInterrupted();
        }));
        traffic.switchOver();

        List<Boolean> interrupted = work.run(() -> List.of(wrapped.get(), Thread.interrupted()));

        assertThat(interrupted).containsExactly(true, false);
    }

    @Test
    void aSafePointInAWrappedTaskDoesNothing() {
        board.open();
        Supplier<Integer> looping = () -> {
            calls.safePoint();
            return nested.side();
        };
        Supplier<Integer> wrapped = work.run(() -> calls.wrap((Supplier<Integer>) () -> work.run(looping)));
        traffic.switchOver();

        assertThat(wrapped.get()).isZero();
        assertThat(work.run(looping)).isEqualTo(1);
    }

    @Test
    void outsideOfACallTheWrapperIsTheTask() {
        Runnable task = () -> {};

        assertThat(calls.wrap(task)).isSameAs(task);
    }

    @Test
    void anExecutorWrapsWhatItIsGiven() {
        board.open();
        Runnable[] queued = new Runnable[1];
        int[] met = new int[1];
        work.run(() -> {
            calls.wrap(task -> queued[0] = task).execute(() -> met[0] = nested.side() + 10);
            return null;
        });
        traffic.switchOver();

        queued[0].run();

        assertThat(met[0]).isEqualTo(10);
    }

    @Test
    void aWrappedTaskWhoseGenerationWasPurgedDoesNotRun() {
        board.open();
        Supplier<Integer> wrapped = work.run(() -> calls.wrap((Supplier<Integer>) nested::side));
        traffic.switchOver();
        board.drop();

        assertThatThrownBy(wrapped::get).isInstanceOf(GenerationPurgedException.class);
        assertThat(board.slots().get().pin).isNull();
    }

    @Test
    void aWrappedTaskThatIsDroppedLetsGoWhenItIsGarbage() {
        board.open();
        work.run(() -> calls.wrap((Runnable) () -> {}).hashCode());
        traffic.switchOver();

        await().until(() -> {
            System.gc();
            return traffic.awaitIdle(NO_TIME).isEmpty();
        });
    }

    @Test
    void aSafePointStepsIntoTheCurrentGeneration() {
        board.open();

        List<Integer> met = work.run(() -> {
            int before = nested.side();
            traffic.switchOver();
            int still = nested.side();
            calls.safePoint();
            return List.of(before, still, nested.side());
        });

        assertThat(met).containsExactly(0, 0, 1);
        assertThat(traffic.awaitIdle(NO_TIME)).isEmpty();
        assertThat(board.slots().get().pin).isNull();
    }

    @Test
    void aCallWhoseSafePointFailedEndsWithoutAHold() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Leaving leaving = leaving(() -> {
            suspendWithoutPatience();
            try {
                calls.safePoint();
            } catch (ServiceSuspendedException e) {
                failure.set(e);
            }
            return answer;
        });

        assertThat(CompletableFuture.supplyAsync(leaving::leave).get()).isSameAs(answer);

        assertThat(failure.get()).isNotNull();
        assertThat(traffic.application("leaving").pin(board.current()).holds.count())
                .isZero();
        traffic.resume();
    }

    /** By another thread: that one would be let through. */
    private void suspendWithoutPatience() {
        CompletableFuture.runAsync(() -> traffic.suspend(
                        Set.of("leaving"), Duration.ZERO, Duration.ZERO, closed -> Set.of(), name -> false))
                .join();
    }

    /** A service whose asynchronous answer comes after a long loop. */
    public interface Leaving {
        CompletionStage<String> leave();
    }

    private Leaving leaving(Leaving target) {
        return (Leaving) StableClass.define(List.of(Leaving.class))
                .create(new Wiring(board, traffic.application("leaving"), new Standalone(target), "leaving"));
    }

    @Test
    void aSafePointInANestedCallDoesNothing() {
        board.open();

        List<Integer> met = work.run(() -> nested.run(() -> {
            traffic.switchOver();
            calls.safePoint();
            return List.of(nested.side());
        }));

        assertThat(met).containsExactly(0);
    }

    @Test
    void aTaskWrappedWhileAReleaseIsPreparedHoldsThatGeneration() throws Exception {
        board.open();
        Callable<Integer> wrapped = traffic.inOther(() -> calls.wrap((Callable<Integer>) work::side));

        assertThat(traffic.awaitIdle(NO_TIME))
                .singleElement()
                .satisfies(call -> assertThat(call.application()).isEqualTo("(release handling)"));
        assertThat(traffic.busy()).hasSize(1);
        assertThat(wrapped.call()).isEqualTo(1);
        assertThat(traffic.awaitIdle(NO_TIME)).isEmpty();
    }

    @Test
    void tasksOfReleaseHandlingMeetTheOtherGeneration() throws Exception {
        board.open();

        assertThat(traffic.inOther(work::side)).isEqualTo(1);
        assertThat(work.side()).isZero();
    }

    @Test
    void tasksAheadMeetTheOtherGenerationWhenThereIsOne() {
        assertThat(traffic.<Integer>ahead(work::side)).isZero();
        board.open();

        assertThat(traffic.<Integer>ahead(work::side)).isEqualTo(1);
    }
}
