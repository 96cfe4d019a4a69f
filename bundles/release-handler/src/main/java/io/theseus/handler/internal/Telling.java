// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.release.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Karaf after a start what is permanent, as soon as it has installed its boot features, and tells it again after a failure, ever
 * more rarely.
 *
 * <p>Thread safety: used by the handler thread, between two requests: one that comes meanwhile waits.
 */
final class Telling {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private final Supplier<@Nullable Container> open;
    private Duration pause = LOOK;
    private long next = System.nanoTime();

    private Telling(Supplier<@Nullable Container> open) {
        this.open = open;
    }

    /** @param open null while the store can not be used */
    static void begin(HandlerThread thread, Supplier<@Nullable Container> open) {
        // It ends with the thread.
        Future<?> unused = thread.every(LOOK, new Telling(open)::look);
    }

    private void look() {
        try {
            @Nullable Container container = open.get();
            if (container != null && System.nanoTime() - next >= 0 && container.adopting.due()) {
                tell(container);
            }
        } catch (RuntimeException e) {
            LOG.error("Karaf is not told which release is permanent", e);
        }
    }

    private void tell(Container container) {
        List<Problem> problems = container.adopting.adopt();
        problems.forEach(problem -> LOG.warn("{}", problem));
        boolean again = container.adopting.due();
        pause = !again ? LOOK : pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        next = System.nanoTime() + (again ? pause.toNanos() : 0);
    }
}
