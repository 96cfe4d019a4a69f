// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.release.RefusedException;
import java.util.function.Supplier;
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
    private final Supplier<Container> open;
    private volatile @Nullable Opened opened;

    Opening(Supplier<Container> open) {
        this.open = open;
        try {
            opened();
        } catch (RefusedException e) {
            LOG.error("Release handling waits: {}", e.getMessage());
        }
    }

    private record Opened(Container container, Plans plans) {}

    /** @throws RefusedException {@code store}, {@code journal} */
    Container container() {
        return opened().container();
    }

    Plans plans() {
        return opened().plans();
    }

    private Opened opened() {
        Opened there = opened;
        return there != null ? there : open();
    }

    private synchronized Opened open() {
        Opened there = opened;
        if (there == null) {
            Container container = open.get();
            container.start();
            there = new Opened(
                    container, new Plans(container.ports, container.deciding, container.store, container::unpacked));
            opened = there;
        }
        return there;
    }
}
