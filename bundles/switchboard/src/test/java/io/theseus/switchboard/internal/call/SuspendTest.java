// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.api.ServiceSuspendedException;
import io.theseus.port.Switchboard.Waits;
import io.theseus.release.Status.BusyCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gates, drain and veto. */
@Timeout(30)
class SuspendTest extends TwoApplications {
    @Test
    void aNewCallWaitsUntilTheGateOpens() throws Exception {
        assertThat(a.stable.<String>run(() -> "before")).isEqualTo("before");
        long began = System.nanoTime();
        assertThat(suspend(LONG, LONG, "a")).isEmpty();
        CompletableFuture<String> call = async(() -> a.stable.run(() -> "done"));
        await().until(() -> waits().calls() == 1);
        assertThat(call).isNotDone();
        assertThat(b.stable.<String>run(() -> "free")).isEqualTo("free");

        Waits waits = traffic.resume();

        assertThat(call.get(5, SECONDS)).isEqualTo("done");
        assertThat(waits.calls()).isEqualTo(1);
        assertThat(waits.longestNanos()).isPositive().isLessThanOrEqualTo(waits.closedNanos());
        assertThat(waits.closedNanos()).isLessThanOrEqualTo(System.nanoTime() - began);
        assertThat(waits.failed()).isZero();
        assertThat(traffic.resume().closedNanos()).isZero();
    }

    private Waits waits() {
        return traffic.application("a").gate.queueing().waits();
    }

    @Test
    void aCallThatWaitsTooLongFailsAndIsCounted() {
        long began = System.nanoTime();
        suspend(LONG, SHORT, "a");

        assertThatThrownBy(() -> async(() -> a.stable.run(() -> "done")).get(5, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ServiceSuspendedException.class)
                .hasMessageContaining("application a is suspended");
        long longest = waits().longestNanos();
        assertThat(longest).isGreaterThanOrEqualTo(SHORT.toNanos()).isLessThanOrEqualTo(System.nanoTime() - began);
        Waits waits = traffic.resume();
        assertThat(waits.longestNanos()).isEqualTo(longest);
        assertThat(waits.failed()).isEqualTo(1);
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
            assertThat(call.stack()).anyMatch(frame -> frame.contains("TwoApplications"));
        });
        assertThat(traffic.suspended("a")).isTrue();
        traffic.resume();
        inside.go.countDown();
        assertThat(inside.result.get(5, SECONDS)).isEqualTo("done");
    }

    @Test
    void aCallInTheCurrentGenerationDoesNotKeepTheOtherBusy() throws Exception {
        board.open();
        Inside current = new Inside(a, () -> "done");

        assertThat(traffic.awaitIdle(Duration.ZERO)).isEmpty();

        traffic.switchOver();
        assertThat(traffic.awaitIdle(Duration.ZERO)).hasSize(1);
        current.go.countDown();
        assertThat(current.result.get(5, SECONDS)).isEqualTo("done");
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
    void suspendingMoreLetsCallsThroughUntilTheyAreQuietToo() throws Exception {
        Inside inside = new Inside(b, () -> a.stable.run(() -> "through"));
        assertThat(suspend(LONG, LONG, "a")).isEmpty();
        CompletableFuture<List<BusyCall>> more = async(() -> suspend(LONG, LONG, "b"));
        await().until(() -> traffic.suspended("b"));

        inside.go.countDown();

        assertThat(inside.result.get(5, SECONDS)).isEqualTo("through");
        assertThat(more.get(5, SECONDS)).isEmpty();
        traffic.resume();
    }

    @Test
    void aVetoIsOverWhenTheCallerIsSuspendedToo() throws Exception {
        board.open();
        Inside unforeseen = new Inside(a, () -> b.stable.run(() -> "went on"));
        assertThat(suspend(LONG, LONG, "b")).isEmpty();
        Suspension suspension = traffic.application("b").gate;
        unforeseen.go.countDown();
        await().until(() -> suspension.queueing().waits().calls() == 1);
        assertThat(suspension.state()).isEqualTo(Suspension.State.VETOED);

        assertThat(suspend(LONG, LONG, "a")).isEmpty();

        assertThat(unforeseen.result.get(5, SECONDS)).isEqualTo("went on");
        assertThat(traffic.switchOver().vetoedBy()).isEmpty();
        traffic.resume();
    }

    @Test
    void afterTheSwitchANewCallWaitsForASuspendedApplicationItCalls() throws Exception {
        CompletableFuture<String> call = waitsAfterTheSwitch();

        traffic.resume();

        assertThat(call.get(5, SECONDS)).isEqualTo("served");
    }

    @Test
    void aCallThatWaitedWhileItsGenerationWasLeftAgainFails() throws Exception {
        CompletableFuture<String> call = waitsAfterTheSwitch();

        traffic.switchOver();
        traffic.resume();

        assertThatThrownBy(() -> call.get(5, SECONDS))
                .hasCauseInstanceOf(ServiceSuspendedException.class)
                .hasMessageContaining("application b changed its generation while application a was about to call it");
    }

    private CompletableFuture<String> waitsAfterTheSwitch() {
        board.open();
        suspend(LONG, LONG, "b");
        long began = System.nanoTime();
        assertThat(traffic.switchOver().nanos()).isNotNegative().isLessThanOrEqualTo(System.nanoTime() - began);
        CompletableFuture<String> call = async(() -> a.stable.run(() -> b.stable.run(() -> "served")));
        await().until(() -> traffic.application("b").gate.queueing().waits().calls() == 1);
        assertThat(call).isNotDone();
        return call;
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
    void resumingWhenNothingIsSuspendedSaysThatNobodyWaited() {
        Waits waits = traffic.resume();

        assertThat(waits.calls()).isZero();
        assertThat(waits.longestNanos()).isZero();
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
    void aTaskThatStartsBundlesPassesGatesUnlessStateIsHandedOver() throws Exception {
        traffic.suspend(Set.of("a", "b"), LONG, LONG, closed -> Set.of(), "b"::equals);

        assertThat(traffic.throughGates(() -> a.stable.<String>run(() -> "started")))
                .isEqualTo("started");
        assertThatThrownBy(() -> traffic.throughGates(() -> b.stable.run(() -> "started")))
                .isInstanceOf(ServiceSuspendedException.class)
                .hasMessageContaining("handing its state over");
        traffic.resume();
    }

    @Test
    void theThreadThatSuspendedWaitsAsEverybodyDoes() throws Exception {
        traffic.suspend(Set.of("a"), LONG, Duration.ofMillis(20), closed -> Set.of(), name -> false);
        traffic.throughGates(() -> "ended");

        assertThatThrownBy(() -> a.stable.run(() -> "component"))
                .isInstanceOf(ServiceSuspendedException.class)
                .hasMessageNotContaining("handing its state over");
        traffic.resume();
    }

    @Test
    void aTaskThatStartsBundlesIsRunWhenNoGateIsClosed() throws Exception {
        assertThat(traffic.throughGates(() -> a.stable.<String>run(() -> "started")))
                .isEqualTo("started");
    }

    @Test
    void slotsOfEndedThreadsAreDropped() throws Exception {
        for (int i = 0; i < 500; i++) {
            Thread caller = new Thread(() -> a.stable.run(() -> "once"));
            caller.start();
            caller.join();
        }

        assertThat(board.slots().size()).isBetween(1, 199);
        board.slots().each(slot -> {});
        assertThat(board.slots().size()).isZero();
    }
}
