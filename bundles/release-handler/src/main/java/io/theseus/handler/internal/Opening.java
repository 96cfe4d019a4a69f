// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.release.RefusedException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the store when the container starts. A store that can not be used stops nothing that runs: every request is refused
 * with the reason until it is repaired, and then release handling goes on without a restart.
 *
 * <p>Thread safety: safe for use by many threads.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private final Function<Boolean, Container> open;
    private final HandlerThread thread;
    private volatile @Nullable Opened opened;

    /**
     * @param open makes the container; told whether this is its start
     * @param thread opens a store that has been repaired: bundles are brought in line with it then, whoever only asked
     */
    Opening(Function<Boolean, Container> open, HandlerThread thread) {
        this.open = open;
        this.thread = thread;
        try {
            open(true);
        } catch (RefusedException e) {
            LOG.error("Release handling waits: {}", e.getMessage());
        }
    }

    private record Opened(Container container, Plans plans) {}

    /** @throws RefusedException {@code store}, {@code journal} */
    Container container() {
        return opened().container();
    }

    /** The release that this start of the container tries. */
    Optional<Trying> trying() {
        Opened there = opened;
        return there == null ? Optional.empty() : there.container().trying();
    }

    /** What is open already; opens nothing. */
    @Nullable
    Container open() {
        Opened there = opened;
        return there == null ? null : there.container();
    }

    Plans plans() {
        return opened().plans();
    }

    private Opened opened() {
        Opened there = opened;
        return there != null ? there : thread.inside() ? open(false) : thread.run("open", () -> open(false));
    }

    private synchronized Opened open(boolean early) {
        Opened there = opened;
        if (there == null) {
            Container container = open.apply(early);
            container.start();
            there = new Opened(
                    container, new Plans(container.ports, container.deciding, container.store, container::unpacked));
            opened = there;
        }
        return there;
    }
}
