// SPDX-License-Identifier: Apache-2.0
package io.theseus.port;

import io.theseus.release.Problem;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The orderly end of this container and its next start. Thread safety: safe for use by many threads. */
@ProviderType
public interface Restart {
    /** What stands in the way; empty: nothing. */
    List<Problem> problems();

    /** Returns at once; the container stops soon after, and starts again. */
    void restart();
}
