// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The folders in which files are dropped to be installed. Thread safety: safe for use by many threads. */
@ProviderType
public interface DeployFolder {
    /** The files that are not settled, by name. */
    List<Unsettled> unsettled();

    /**
     * A file that was refused, or waits for something or somebody.
     *
     * @param file its path
     * @param refused whether nothing more happens until it changes
     * @param text why; a line for each reason
     */
    record Unsettled(String file, boolean refused, String text) {}
}
