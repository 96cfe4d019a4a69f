// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.time.Duration;

/**
 * Hears what an install does while it does it. Called on the {@code release-handler} thread: must answer quickly and must
 * not throw.
 */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress SILENT = (phase, text, elapsed) -> {};

    /**
     * @param phase {@code plan, prepare, suspend, switch, handover, resume, apply, bake, purge, undo, done}
     * @param text one line for a person
     * @param elapsed since the request began
     */
    void report(String phase, String text, Duration elapsed);
}
