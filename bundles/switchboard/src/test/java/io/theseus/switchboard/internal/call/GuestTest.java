// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.release.Status.BusyCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that an application has of its own, while its gate and those of what it calls are closed. */
@Timeout(60)
class GuestTest extends TwoApplications {
    private String calls(String application) {
        try {
            return own(application, () -> b.stable.<String>run(() -> "answered"))
                    .join();
        } catch (CompletionException e) {
            return String.valueOf(e.getCause());
        }
    }

    @Test
    void whoIsInsideMayWaitForAThreadOfItsOwnThatCallsAnother() throws Exception {
        Inside inside = new Inside(a, () -> calls("a"));
        CompletableFuture<List<BusyCall>> suspended = async(() -> suspend(LONG, LONG, "a", "b"));
        await().until(() -> traffic.suspended("a") && traffic.suspended("b"));

        inside.go.countDown();

        assertThat(inside.result.get(5, SECONDS)).isEqualTo("answered");
        assertThat(suspended.get(5, SECONDS)).isEmpty();
        assertThat(traffic.application("b").gate.state()).isEqualTo(Suspension.State.QUIET);
        traffic.resume();
    }

    @Test
    void soMayItsThreadWaitForYetAnother() throws Exception {
        Inside inside = new Inside(
                a, () -> own("a", () -> b.stable.<String>run(() -> calls("b"))).join());
        CompletableFuture<List<BusyCall>> suspended = async(() -> suspend(LONG, LONG, "a", "b"));
        await().until(() -> traffic.suspended("a") && traffic.suspended("b"));

        inside.go.countDown();

        assertThat(inside.result.get(5, SECONDS)).isEqualTo("answered");
        assertThat(suspended.get(5, SECONDS)).isEmpty();
        traffic.resume();
    }

    @Test
    void whatAThreadPassedForIsQuietWhenItLeaves() throws Exception {
        Inside inside = new Inside(a, () -> "left");
        CompletableFuture<List<BusyCall>> suspended = async(() -> suspend(LONG, LONG, "a", "b"));
        await().until(() -> traffic.suspended("a") && traffic.suspended("b"));
        assertThat(calls("a")).isEqualTo("answered");
        assertThat(suspended).isNotDone();

        inside.go.countDown();

        assertThat(suspended.get(5, SECONDS)).isEmpty();
        CompletableFuture<String> late = own("a", () -> b.stable.run(() -> "late"));
        await().until(() -> traffic.application("b").gate.queueing().waits().calls() >= 2);
        assertThat(late).isNotDone();
        traffic.resume();
        assertThat(late.get(5, SECONDS)).isEqualTo("late");
    }

    @Test
    void threadsThatCallWithoutAPauseDoNotKeepItFromGettingQuiet() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger handingOver = new AtomicInteger();
        AtomicInteger during = new AtomicInteger();
        List<CompletableFuture<Boolean>> busy = Stream.generate(() -> own("a", () -> {
                    while (!done.get()) {
                        b.stable.run(() -> {
                            during.addAndGet(handingOver.get());
                            return "called";
                        });
                    }
                    return true;
                }))
                .limit(4)
                .toList();
        for (int i = 0; i < 20; i++) {
            Inside inside = new Inside(a, () -> calls("a"));
            CompletableFuture<List<BusyCall>> suspended = async(() -> suspend(LONG, LONG, "a", "b"));
            await().until(() -> traffic.suspended("a") && traffic.suspended("b"));
            inside.go.countDown();

            assertThat(suspended.get(20, SECONDS)).isEmpty();
            handingOver.set(1);
            assertThat(inside.result.get(5, SECONDS)).isEqualTo("answered");
            handingOver.set(0);
            traffic.resume();
        }
        done.set(true);
        for (CompletableFuture<Boolean> each : busy) {
            assertThat(each.get(5, SECONDS)).isTrue();
        }
        assertThat(during).hasValue(0);
    }

    @Test
    void nobodyPassesForACallThatIsWaitedForNoLonger() throws Exception {
        Inside inside = new Inside(a, () -> "left");
        assertThat(suspend(SHORT, LONG, "a", "b")).hasSize(1);

        CompletableFuture<String> late = own("a", () -> b.stable.run(() -> "late"));
        // Long after it was looked up whose code it is.
        assertThatThrownBy(() -> late.get(200, MILLISECONDS)).isInstanceOf(TimeoutException.class);

        traffic.resume();
        assertThat(late.get(5, SECONDS)).isEqualTo("late");
        inside.go.countDown();
        assertThat(inside.result.get(5, SECONDS)).isEqualTo("left");
    }

    @Test
    void threadsOfOthersWait() throws Exception {
        Inside inside = new Inside(a, () -> "left");
        CompletableFuture<List<BusyCall>> suspended = async(() -> suspend(LONG, LONG, "a", "b"));
        await().until(() -> traffic.suspended("a") && traffic.suspended("b"));

        CompletableFuture<String> other = own("c", () -> b.stable.run(() -> "other"));
        await().until(() -> traffic.application("b").gate.queueing().waits().calls() == 1);
        assertThat(calls("a")).isEqualTo("answered");
        assertThat(other).isNotDone();

        inside.go.countDown();
        assertThat(suspended.get(5, SECONDS)).isEmpty();
        assertThat(other).isNotDone();
        traffic.resume();
        assertThat(other.get(5, SECONDS)).isEqualTo("other");
    }
}
