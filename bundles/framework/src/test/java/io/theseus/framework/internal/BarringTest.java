// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.itests.made.MadeBundle;
import io.theseus.port.CodeServer.Start;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

class BarringTest {
    private static final int LEVEL = 7;

    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkCodeServer server;
    private Bundle ledger;

    @BeforeEach
    void stopOneThatStartsWithTheContainer() throws Exception {
        server = new FrameworkCodeServer(felix.context(), Map.of());
        ledger = felix.start(MadeBundle.of("ledger", "1.0.0"));
        level(ledger).setStartLevel(LEVEL);
        awaitLevels();
        server.stop(ledger.getBundleId());
        assertThat(level(ledger).isPersistentlyStarted()).isTrue();
    }

    private static BundleStartLevel level(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class);
    }

    private Set<Long> id() {
        return Set.of(ledger.getBundleId());
    }

    /** Start levels change on a thread of the framework, one after the other. */
    private void awaitLevels() throws Exception {
        Bundle last = felix.start(MadeBundle.of("last", "1.0.0"));
        level(last).setStartLevel(1000);
        await().atMost(Duration.ofSeconds(20)).until(() -> last.getState() == Bundle.RESOLVED);
        last.uninstall();
    }

    @Test
    void whoIsBarredIsNotStartedByAnybody() throws Exception {
        server.bar(id());

        ledger.start();

        awaitLevels();
        assertThat(ledger.getState()).isEqualTo(Bundle.RESOLVED);
    }

    @Test
    void afterwardsItIsStoppedStillAtTheLevelItHad() throws Exception {
        server.bar(id());
        server.bar(id());
        ledger.start();

        server.unbar(id());

        awaitLevels();
        assertThat(ledger.getState()).isEqualTo(Bundle.RESOLVED);
        assertThat(level(ledger).getStartLevel()).isEqualTo(LEVEL);
        server.start(ledger.getBundleId(), Start.PERSISTENT);
        assertThat(ledger.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(level(ledger).isPersistentlyStarted()).isTrue();
    }

    @Test
    void whoWasNotBarredIsAsItWas() throws Exception {
        server.unbar(id());

        assertThat(level(ledger).isPersistentlyStarted()).isTrue();
        assertThat(level(ledger).getStartLevel()).isEqualTo(LEVEL);
    }

    @Test
    void whatRunsRunsOn() throws Exception {
        Bundle runs = felix.start(MadeBundle.of("runs", "1.0.0"));
        int before = level(runs).getStartLevel();

        server.bar(Set.of(runs.getBundleId(), 4711L));
        awaitLevels();
        assertThat(runs.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(level(runs).getStartLevel()).isEqualTo(before);

        server.unbar(Set.of(runs.getBundleId(), 4711L));
        assertThat(level(runs).isPersistentlyStarted()).isTrue();
    }

    @Test
    void afterAKillItStartsWithTheContainer() throws Exception {
        server.bar(id());
        felix.restart();
        Bundle found = felix.context().getBundle(ledger.getBundleId());
        assertThat(found.getState()).isNotEqualTo(Bundle.ACTIVE);
        FrameworkStartLevel container = felix.context().getBundle(0).adapt(FrameworkStartLevel.class);
        container.setStartLevel(LEVEL - 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> container.getStartLevel() == LEVEL - 1);

        new FrameworkCodeServer(felix.context(), Map.of());
        container.setStartLevel(LEVEL);

        assertThat(level(found).getStartLevel()).isEqualTo(LEVEL);
        await().atMost(Duration.ofSeconds(20)).until(() -> found.getState() == Bundle.ACTIVE);
    }

    @Test
    void whereOnlyReleaseHandlingStartsAnewItStaysStopped() throws Exception {
        server.bar(id());
        ledger.start();

        new FrameworkCodeServer(felix.context(), Map.of());

        awaitLevels();
        assertThat(level(ledger).getStartLevel()).isEqualTo(LEVEL);
        assertThat(ledger.getState()).isEqualTo(Bundle.RESOLVED);
    }
}
