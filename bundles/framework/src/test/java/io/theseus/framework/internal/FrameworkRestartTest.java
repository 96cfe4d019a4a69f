// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

class FrameworkRestartTest {
    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    @AfterEach
    void clear() {
        System.clearProperty("karaf.restart");
        System.clearProperty("karaf.restart.jvm");
        System.clearProperty("karaf.restart.jvm.supported");
    }

    @Test
    void withoutKarafsLauncherNobodyWouldStartItAgain() {
        FrameworkRestart restart = new FrameworkRestart(felix.context(), Runnable::run);
        assertThat(restart.problems()).extracting(Problem::code).containsExactly("no-restart");

        System.setProperty("karaf.restart", "false");
        assertThat(restart.problems()).isEmpty();
    }

    @Test
    void stopsTheFrameworkAndAsksForANewJvmOnlyWhereAScriptStartsOne() throws Exception {
        Bundle system = felix.context().getBundle(0);

        new FrameworkRestart(felix.context(), Runnable::run).restart();

        assertThat(System.getProperty("karaf.restart")).isEqualTo("true");
        assertThat(System.getProperty("karaf.restart.jvm")).isEqualTo("false");
        // The framework stops on a thread of its own.
        ((org.osgi.framework.launch.Framework) system).waitForStop(30_000);
        assertThat(system.getState()).isNotEqualTo(Bundle.ACTIVE);
    }

    @Test
    void whoeverStopsTheContainerDecidesWhetherItStartsAgain() throws Exception {
        FrameworkRestart restart = new FrameworkRestart(felix.context(), Runnable::run);
        felix.context().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
                restart.restart();
            }
        });
        var system = (org.osgi.framework.launch.Framework) felix.context().getBundle(0);

        system.stop();
        system.waitForStop(30_000);

        assertThat(System.getProperty("karaf.restart")).isNull();
    }

    @Test
    void theScriptOfKarafStartsANewJvm() {
        System.setProperty("karaf.restart.jvm.supported", "true");

        new FrameworkRestart(felix.context(), task -> {}).restart();

        assertThat(System.getProperty("karaf.restart.jvm")).isEqualTo("true");
    }
}
