// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells when nobody has written to a file for a while. A cut zip or XML file can not be read; a cut YAML file may be a whole release,
 * only a smaller one.
 *
 * <p>Thread safety: used by one thread.
 */
final class Quiet {
    /** A file whose last line has no end looks cut. */
    private static final int LONGER = 10;

    private final Duration time;
    private final InstantSource clock;
    private final Map<Path, Seen> seen = new HashMap<>();

    Quiet(Duration time, InstantSource clock) {
        this.time = time;
        this.clock = clock;
    }

    private record Seen(String sha256, long stamp, long at) {}

    boolean reached(Item item, boolean ended) {
        long now = clock.millis();
        Seen before = seen.get(item.path());
        if (before == null || !before.sha256.equals(item.sha256()) || before.stamp != item.stamp()) {
            // One that was written long ago need not be waited for, whenever it was put here.
            before = new Seen(item.sha256(), item.stamp(), Math.min(now, item.stamp()));
            seen.put(item.path(), before);
        }
        return now - before.at >= time.toMillis() * (ended ? 1 : LONGER);
    }

    void forget(Path path) {
        seen.remove(path);
    }
}
