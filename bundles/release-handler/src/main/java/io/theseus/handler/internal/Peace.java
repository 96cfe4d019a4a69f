// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Kept;
import io.theseus.port.Requirements;
import io.theseus.port.Requirements.Around;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While a release bakes: what the container does for features of anybody leaves both generations as they are. It counts the old one only, which it
 * requires, and of that it starts nothing that the new one has replaced.
 *
 * <p>While an install or a rollback is under way only what is there twice in its version is hidden: of two Karaf would take one away. To hide costs
 * time whenever a service comes or goes, and callers wait then.
 *
 * <p>Thread safety: used by the handler thread.
 */
public final class Peace {
    private static final Logger LOG = LoggerFactory.getLogger(Peace.class);
    private final Ports ports;

    public Peace(Ports ports) {
        this.ports = ports;
    }

    void begin(Kept kept) {
        Set<Long> old = kept.retired();
        tell(requirements -> requirements.overlook(kept.installed(), new Around() {
            @Override
            public void before() {
                ports.code().bar(old);
            }

            @Override
            public void after() {
                ports.code().unbar(old);
            }
        }));
    }

    /**
     * While it comes, or goes: nothing of it is counted.
     *
     * @param stopped stands around the time in which an operation starts bundles
     */
    public void hide(Set<Long> incoming, Around stopped) {
        tell(requirements -> requirements.overlook(incoming, stopped));
    }

    public void end() {
        tell(requirements -> requirements.overlook(Set.of(), Around.NOBODY));
    }

    // No install fails because of it.
    private void tell(Consumer<Requirements> what) {
        try {
            ports.requirements().ifPresent(what);
        } catch (RuntimeException e) {
            LOG.warn("Feature operations may disturb what bakes: {}", e.getMessage());
        }
    }
}
