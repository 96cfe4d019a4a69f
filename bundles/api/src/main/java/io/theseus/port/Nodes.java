// SPDX-License-Identifier: Apache-2.0
package io.theseus.port;

import io.theseus.release.Problem;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The containers that install together. Thread safety: called by one thread at a time. */
@ProviderType
public interface Nodes {
    /**
     * What stands in the way of meeting; empty: nothing.
     *
     * @param nodes names of containers; none: all there are
     */
    List<Problem> problems(List<String> nodes);

    /**
     * Waits until all of them have come to this point.
     *
     * @throws io.theseus.release.RefusedException {@code no-such-node}
     */
    void meet(String id, List<String> nodes) throws InterruptedException;
}
