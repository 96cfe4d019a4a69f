// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.port.CodeServer.Start;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** Starts and stops bundles, and says which of them a restart of the container starts. */
final class Starting {
    private static final String CODE = "does-not-start";

    private final Framework framework;

    Starting(Framework framework) {
        this.framework = framework;
    }

    /** Started, or waiting for the first of its classes to be loaded (lazy activation). */
    static boolean isStarted(Bundle bundle) {
        return (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0;
    }

    static boolean isFragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /**
     * Starts a bundle as its activation policy says. A persistent start while the container is still on its way up to the
     * bundle's start level is left to the container: it happens when that level is reached.
     */
    void start(Bundle bundle, Start how) {
        if (isFragment(bundle)) {
            return;
        }
        int level = bundle.adapt(BundleStartLevel.class).getStartLevel();
        boolean onItsWay = how == Start.PERSISTENT && level <= levelAfterBoot();
        if (level > framework.startLevel() && !onItsWay) {
            throw refused(
                    bundle,
                    "has start level " + level + ", above the container's " + framework.startLevel(),
                    "lower its start level in the release");
        }
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY | (how == Start.TRANSIENT ? Bundle.START_TRANSIENT : 0));
        } catch (BundleException e) {
            throw refused(bundle, "does not start: " + Causes.text(e), "");
        }
    }

    void stop(Bundle bundle) {
        if (!isStarted(bundle)) {
            return;
        }
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            // An activator that throws from stop leaves the bundle stopped all the same (OSGi Core 4.4.8).
            if (isStarted(bundle)) {
                throw new IllegalStateException(Framework.describe(bundle) + " does not stop: " + Causes.text(e), e);
            }
        }
    }

    /**
     * Changes the autostart setting alone. OSGi changes it by starting and stopping only, so two of the four cases are not
     * possible without doing that as well, and are refused as illegal: a stopped bundle that could start now can not be made
     * persistent, and a started one can not be made transient.
     *
     * @throws IllegalStateException in these two cases
     */
    void persist(Bundle bundle, Start how) {
        BundleStartLevel startLevel = bundle.adapt(BundleStartLevel.class);
        boolean persistent = startLevel.isPersistentlyStarted();
        if (persistent == (how == Start.PERSISTENT)) {
            return;
        }
        try {
            if (how == Start.TRANSIENT) {
                require(!isStarted(bundle), bundle, "runs; it must be stopped before the next start can leave it out");
                bundle.stop();
            } else {
                boolean held = startLevel.getStartLevel() > framework.startLevel();
                require(held || isStarted(bundle), bundle, "is stopped; making it start with the container starts it");
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        } catch (BundleException e) {
            throw new IllegalStateException(
                    "the autostart setting of " + Framework.describe(bundle) + " can not be changed: " + Causes.text(e),
                    e);
        }
    }

    /** Karaf tells the framework another level than the one it goes on to, which it leaves in the system property of the same name. */
    private int levelAfterBoot() {
        String name = Constants.FRAMEWORK_BEGINNING_STARTLEVEL;
        return Stream.of(framework.property(name), Optional.ofNullable(System.getProperty(name)))
                .flatMap(Optional::stream)
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(1);
    }

    private static void require(boolean possible, Bundle bundle, String fact) {
        if (!possible) {
            throw new IllegalStateException(Framework.describe(bundle) + " " + fact);
        }
    }

    private static RefusedException refused(Bundle bundle, String fact, String hint) {
        return new RefusedException(
                Problem.of(CODE, "", Framework.describe(bundle) + " " + fact).withHint(hint));
    }
}
