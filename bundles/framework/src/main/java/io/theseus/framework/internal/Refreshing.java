// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.release.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;

/** Wires bundles anew that nobody moves along (OSGi Core 7.5.3). Thread safety: used by one thread at a time. */
final class Refreshing {
    private final Framework framework;

    Refreshing(Framework framework) {
        this.framework = framework;
    }

    List<Problem> refresh(Set<Long> ids, Set<Long> gone, Duration limit) {
        List<Bundle> bundles =
                ids.stream().flatMap(id -> framework.find(id).stream()).toList();
        // Felix keeps what is uninstalled until it is refreshed itself, or nobody was wired to it.
        List<Bundle> targets = Stream.concat(
                        bundles.stream(),
                        framework.wiring().getRemovalPendingBundles().stream()
                                .filter(bundle -> gone.contains(bundle.getBundleId())))
                .toList();
        List<Problem> others = others(targets);
        if (!others.isEmpty()) {
            return others;
        }
        List<Bundle> running = bundles.stream().filter(Starting::isStarted).toList();
        boolean done = refresh(targets, limit);
        return running.stream()
                .filter(bundle -> !Starting.isStarted(bundle))
                .map(bundle -> Problem.of(
                                "does-not-start",
                                Framework.describe(bundle),
                                "bundle " + bundle.getBundleId()
                                        + (done
                                                ? " ran before it was refreshed, and does not now"
                                                : " is being refreshed for longer than " + limit.toSeconds() + " s"))
                        .withHint("see the log for the reason, and bundle:start " + bundle.getBundleId()))
                .toList();
    }

    /** Who was wired to one of them since somebody looked. */
    private List<Problem> others(List<Bundle> targets) {
        Collection<Bundle> others = new ArrayList<>(framework.wiring().getDependencyClosure(targets));
        others.removeAll(targets);
        return others.stream()
                .map(bundle -> Problem.of(
                                "can-not-refresh",
                                Framework.describe(bundle),
                                "bundle " + bundle.getBundleId()
                                        + " would have to be refreshed too, which nobody expected")
                        .withHint("nobody was refreshed; bundle:refresh does it"))
                .toList();
    }

    private boolean refresh(List<Bundle> targets, Duration limit) {
        if (targets.isEmpty()) {
            return true;
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.wiring().refreshBundles(targets, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        try {
            return refreshed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
