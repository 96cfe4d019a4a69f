// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.AccessController;
import java.security.Principal;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final List<String> printed = new ArrayList<>();
    private final Watch watch = new Watch(printed::add);

    @Test
    void printsEveryLineBeforeItAnswers() throws Exception {
        String answer = watch.run(progress -> {
            progress.report("plan", "one", Duration.ofMillis(5));
            progress.report("switch", "two", Duration.ofSeconds(1));
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        assertThat(printed).containsExactly("    0.005 s  plan      one", "    1.000 s  switch    two");
    }

    @Test
    void aConsoleThatDoesNotReadDoesNotHoldUpTheRequest() throws Exception {
        CountDownLatch finished = new CountDownLatch(1);
        Watch slow = new Watch(line -> await(finished));

        boolean ended = slow.run(progress -> {
            progress.report("plan", "one", Duration.ZERO);
            progress.report("plan", "two", Duration.ZERO);
            finished.countDown();
            return true;
        });

        assertThat(ended).isTrue();
    }

    @Test
    void anInterruptEndsTheWatchingAndNotTheRequest() {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> watch.run(progress -> {
                    await(stopped);
                    finished.countDown();
                    return "done";
                }))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("the request itself goes on");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(printed).singleElement().asString().startsWith("Stopped watching");
        stopped.countDown();
        assertThat(await(finished)).isTrue();
    }

    @Test
    void theFailureOfTheRequestIsThrownAsItIs() {
        IllegalStateException failure = new IllegalStateException("no");

        assertThatThrownBy(() -> watch.run(progress -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    @SuppressWarnings("removal") // Karaf 4.4 keeps the user in the access control context
    void theRequestRunsAsTheUserOfTheSession() throws Exception {
        Principal admin = () -> "karaf";
        Subject subject = new Subject(true, Set.of(admin), Set.of(), Set.of());

        Set<Principal> seen = Subject.doAs(subject, (PrivilegedExceptionAction<Set<Principal>>) () -> watch.run(
                progress -> Subject.getSubject(AccessController.getContext()).getPrincipals()));

        assertThat(seen).containsExactly(admin);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
