// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * The data areas of two bundles of an application, and what they last agreed upon. That is not on disk: what a crash leaves
 * shared is given back without data. Where it is not known, data are brought as an exact copy. Thread safety: none.
 */
final class SharedData {
    private final DataAreas areas;
    private final Map<Set<Long>, Agreed> agreed = new HashMap<>();

    /** @param source id of the bundle that had it first */
    private record Agreed(long source, AreaContents contents) {}

    SharedData(DataAreas areas) {
        this.areas = areas;
    }

    /** Brings to the target what the source wrote since they agreed; they agree then. */
    void bring(Bundle source, Bundle target) throws IOException {
        Optional<Path> from = DataAreas.of(source);
        Optional<Path> to = DataAreas.of(target);
        if (from.isPresent() && to.isPresent()) {
            Set<Long> pair = Set.of(source.getBundleId(), target.getBundleId());
            Optional<AreaContents> before =
                    Optional.ofNullable(agreed.get(pair)).map(Agreed::contents);
            agreed.put(pair, new Agreed(source.getBundleId(), areas.bring(from.get(), to.get(), before)));
        }
    }

    /** Whether the source has nothing to bring to the target: it was empty when they agreed, and is so still. False if that is not certain. */
    boolean isStillEmpty(long source, long target) throws IOException {
        @Nullable Agreed last = agreed.get(Set.of(source, target));
        return last != null && last.source == source && last.contents.isStillEmpty(last.contents.area());
    }

    void forget(long from, long to) {
        agreed.remove(Set.of(from, to));
    }
}
