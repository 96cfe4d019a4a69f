// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.api.GenerationPurgedException;
import io.theseus.api.ServiceSuspendedException;
import io.theseus.port.Switchboard.Waits;
import io.theseus.release.Status.BusyCall;
import io.theseus.switchboard.internal.stable.StableClass;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gates, drain and veto, with threads that are where the test wants them. */
@Timeout(30)
class SuspendTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final Board board = new Board();
    private final Traffic traffic = new Traffic(board);
    private final Service a = new Service("a");
    private final Service b = new Service("b");

    /** A stable service whose targets run what they are given, one on each side. */
    public interface Work {
        <T> T run(Supplier<T> work);
    }

    private final class Service {
        final Work stable;

        Service(String name) {
            Work target = new Work() {
                @Override
                public <T> T run(Supplier<T> work) {
                    return work.get();
                }
            };
            stable = (Work) StableClass.define(List.of(Work.class))
                    .create(new Wiring(board, traffic.application(name), new Standalone(target), name));
        }
    }

    private List<BusyCall> suspend(Duration drain, Duration gate, String... names) {
        return traffic.suspend(Set.of(names), drain, gate, closed -> Set.of(), name -> false);
    }

    private static <T> CompletableFuture<T> async(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        result.complete(work.get());
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        return result;
    }

    /** Does not heed the interrupt of a purge. */
    private static void pass(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                assertThat(latch.await(10, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                // Waits on.
                continue;
            }
        }
    }

    /** A call into a service that stays there until it is told to go. */
    private final class Inside {
        final CountDownLatch go = new CountDownLatch(1);
        final CountDownLatch in = new CountDownLatch(1);
        final CompletableFuture<String> result;

        Inside(Service service, Supplier<String> then) {
            result = async(() -> service.stable.run(() -> {
                in.countDown();
                pass(go);
                return then.get();
            }));
            pass(in);
        }
    }

    @Test
    void aNewCallWaitsUntilTheGateOpens() throws Exception {
        assertThat(suspend(LONG, LONG, "a")).isEmpty();
        CompletableFuture<String> call = async(() -> a.stable.run(() -> "done"));
        await().until(() -> waits().calls() == 1);
        assertThat(call).isNotDone();
        assertThat(b.stable.<String>run(() -> "free")).isEqualTo("free");

        Waits waits = traffic.resume();

        assertThat(call.get(5, SECONDS)).isEqualTo("done");
        assertThat(waits.calls()).isEqualTo(1);
        assertThat(waits.longestNanos()).isPositive();
        assertThat(waits.failed()).isZero();
    }

    private Waits waits() {
        return traffic.application("a").gate.queueing().waits();
    }

    @Test
    void aCallThatWaitsTooLongFailsAndIsCounted() {
        suspend(LONG, SHORT, "a");

        assertThatThrownBy(() -> async(() -> a.stable.run(() -> "done")).get(5, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ServiceSuspendedException.class)
                .hasMessageContaining("application a is suspended");
        assertThat(traffic.resume().failed()).isEqualTo(1);
        assertThat(a.stable.<String>run(() -> "done")).isEqualTo("done");
    }

    @Test
    void anInterruptedWaiterKeepsItsInterruptStatus() throws Exception {
        suspend(LONG, LONG, "a");
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                a.stable.run(() -> "never");
            } catch (ServiceSuspendedException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        waiter.start();
        await().until(() -> waits().calls() == 1);

        waiter.interrupt();

        assertThat(interrupted.get(5, SECONDS)).isTrue();
        assertThat(traffic.resume().failed()).isEqualTo(1);
    }

    @Test
    void theDrainNamesWhoIsLeftAndTheGateStaysClosed() throws Exception {
        Inside inside = new Inside(a, () -> "done");

        List<BusyCall> busy = suspend(SHORT, LONG, "a");

        assertThat(busy).singleElement().satisfies(call -> {
            assertThat(call.application()).isEqualTo("a");
            assertThat(call.stack()).anyMatch(frame -> frame.contains("SuspendTest"));
        });
        assertThat(traffic.suspended("a")).isTrue();
        traffic.resume();
        inside.go.countDown();
        assertThat(inside.result.get(5, SECONDS)).isEqualTo("done");
    }

    @Test
    void aCallThatIsInsideGoesOnThroughTheClosedGate() throws Exception {
        Inside inside = new Inside(a, () -> b.stable.run(() -> "through"));
        CompletableFuture<List<BusyCall>> suspended = async(() -> suspend(LONG, LONG, "a", "b"));
        await().until(() -> traffic.suspended("b"));

        inside.go.countDown();

        assertThat(inside.result.get(5, SECONDS)).isEqualTo("through");
        assertThat(suspended.get(5, SECONDS)).isEmpty();
        traffic.resume();
    }

    @Test
    void anUnforeseenCallerIsLetThroughWhileDrainingAndItsGateClosesToo() throws Exception {
        Inside holder = new Inside(b, () -> "held");
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CompletableFuture<List<BusyCall>> suspended = async(() -> suspend(LONG, LONG, "b"));
        await().until(() -> traffic.suspended("b"));
        CompletableFuture<String> unforeseen = async(() -> a.stable.run(() -> b.stable.run(() -> {
            entered.countDown();
            pass(leave);
            return "let through";
        })));
        pass(entered);

        holder.go.countDown();

        assertThat(traffic.suspended("a")).isTrue();
        assertThat(suspended).isNotDone();
        leave.countDown();
        assertThat(unforeseen.get(5, SECONDS)).isEqualTo("let through");
        assertThat(suspended.get(5, SECONDS)).isEmpty();
        traffic.resume();
    }

    @Test
    void anUnforeseenCallerAfterQuietVetoesTheSwitchAndGoesOnWhenResumed() throws Exception {
        board.open();
        Inside unforeseen = new Inside(a, () -> b.stable.run(() -> "went on"));
        assertThat(suspend(LONG, LONG, "b")).isEmpty();
        unforeseen.go.countDown();
        Suspension suspension = traffic.application("b").gate;
        await().until(() -> suspension.state() == Suspension.State.VETOED);

        assertThat(traffic.switchOver().vetoedBy()).contains("a");
        assertThat(unforeseen.result).isNotDone();
        traffic.resume();

        assertThat(unforeseen.result.get(5, SECONDS)).isEqualTo("went on");
        assertThat(suspend(LONG, LONG, "a", "b")).isEmpty();
        assertThat(traffic.switchOver().vetoedBy()).isEmpty();
        traffic.resume();
    }

    @Test
    void afterTheSwitchAnOldCallDoesNotEnterASuspendedApplication() throws Exception {
        board.open();
        Inside old = new Inside(a, () -> b.stable.run(() -> "too late"));
        suspend(LONG, LONG, "b");
        assertThat(traffic.switchOver().vetoedBy()).isEmpty();

        old.go.countDown();

        assertThatThrownBy(() -> old.result.get(5, SECONDS)).hasCauseInstanceOf(ServiceSuspendedException.class);
        traffic.resume();
    }

    @Test
    void suspendingMoreAfterTheSwitchIsQuietAtOnce() {
        board.open();
        suspend(LONG, LONG, "a");
        traffic.switchOver();

        assertThat(suspend(SHORT, LONG, "b")).isEmpty();
        assertThat(traffic.suspended("b")).isTrue();
        assertThat(traffic.switchOver().vetoedBy()).isEmpty();
        traffic.resume();
    }

    @Test
    void switchingWithoutAnotherGenerationIsRefusedAndLeavesTheGateUsable() {
        suspend(LONG, LONG, "a");

        assertThatThrownBy(traffic::switchOver).isInstanceOf(IllegalStateException.class);
        traffic.resume();
        assertThat(a.stable.<String>run(() -> "done")).isEqualTo("done");
    }

    @Test
    void aCallerThatComesTooLateClosesNoGate() {
        suspend(LONG, LONG, "b");
        Suspension over = traffic.application("b").gate;
        traffic.resume();

        over.close(traffic.application("a"));

        assertThat(traffic.suspended("a")).isFalse();
        suspend(LONG, LONG, "a");
        over.close(traffic.application("a"));
        assertThat(traffic.application("a").gate).isNotNull().isNotSameAs(over);
        traffic.resume();
    }

    @Test
    void callersNamedAfterTheGatesClosedAreClosedToo() {
        assertThat(traffic.suspend(
                        Set.of("b"),
                        LONG,
                        LONG,
                        closed -> closed.contains("b") ? Set.of("a") : Set.of(),
                        name -> false))
                .isEmpty();

        assertThat(traffic.suspended("a")).isTrue();
        traffic.resume();
        assertThat(traffic.suspended("a")).isFalse();
    }

    @Test
    void theThreadThatSuspendedMayCallUnlessStateIsHandedOver() {
        traffic.suspend(Set.of("a", "b"), LONG, LONG, closed -> Set.of(), "b"::equals);

        assertThat(a.stable.<String>run(() -> "owner")).isEqualTo("owner");
        assertThatThrownBy(() -> b.stable.run(() -> "owner"))
                .isInstanceOf(ServiceSuspendedException.class)
                .hasMessageContaining("handing its state over");
        traffic.resume();
    }

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

    @Test
    void slotsOfEndedThreadsAreDropped() throws Exception {
        for (int i = 0; i < 500; i++) {
            Thread caller = new Thread(() -> a.stable.run(() -> "once"));
            caller.start();
            caller.join();
        }

        assertThat(board.slots().size()).isLessThan(200);
    }
}
