// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.port.CodeServer.Start;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Keeps stopped bundles stopped while somebody starts them: by a start level above the container's, where a start is only remembered
 * (OSGi Core 9.3.3). The level they had is what is left of it without the addend, so that it is known even after a kill.
 *
 * <p>Thread safety: safe for use by many threads.
 */
final class Barring {
    private static final int ADDEND = 1_000_000;

    private final Framework framework;
    private final Starting starting;

    Barring(Framework framework, Starting starting) {
        this.framework = framework;
        this.starting = starting;
    }

    synchronized void bar(Bundle bundle) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        if (level.getStartLevel() < ADDEND && !Starting.isStarted(bundle) && !Starting.isFragment(bundle)) {
            level.setStartLevel(level.getStartLevel() + ADDEND);
        }
    }

    synchronized void unbar(Bundle bundle) {
        lift(bundle, barred -> {
            // It was remembered that it is to start, and it would, now that its level is reached again.
            if (!Starting.isStarted(barred)) {
                starting.persist(barred, Start.TRANSIENT);
            }
        });
    }

    /** What a kill has left: what is to start with the container does, when it comes to its level. */
    void recover() {
        framework.bundles().stream()
                .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED)
                .filter(bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel() > ADDEND)
                .forEach(bundle -> {
                    if (bundle.adapt(BundleStartLevel.class).getStartLevel() - ADDEND > framework.startLevel()) {
                        lift(bundle, barred -> {});
                    } else {
                        unbar(bundle);
                    }
                });
    }

    private static void lift(Bundle bundle, Consumer<Bundle> first) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        int barred = level.getStartLevel();
        if (barred > ADDEND) {
            first.accept(bundle);
            level.setStartLevel(barred - ADDEND);
        }
    }
}
