// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import java.util.Map;

/** Where entries of the journal go. */
@FunctionalInterface
public interface Recorder {
    /**
     * Adds an entry.
     *
     * @param force whether it must have reached the disk when this returns. While gates are closed it need not: a JVM that
     *     is killed loses nothing of what it wrote, and callers wait
     * @throws io.theseus.release.RefusedException {@code journal}
     */
    void write(JournalEntry.Kind kind, Map<String, Object> data, boolean force);
}
