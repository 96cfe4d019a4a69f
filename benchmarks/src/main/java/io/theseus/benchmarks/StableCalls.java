// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.switchboard.internal.call.Board;
import io.theseus.switchboard.internal.call.StableObject;
import io.theseus.switchboard.internal.call.Standalone;
import io.theseus.switchboard.internal.stable.StableClass;
import java.util.List;

/** Stable objects without a framework. All share one board, as all applications of a container do. */
final class StableCalls {
    private static final Board BOARD = new Board();

    private StableCalls() {}

    /** A stable object in front of a target, each target an application of its own. */
    static <T> T front(Class<T> type, T target) {
        StableObject stable = StableClass.define(List.of(type))
                .create(Standalone.wiring(BOARD, target.getClass().getName(), target));
        // As in a container, where a target is obtained once for each side and then is there.
        StableObject.target(stable, 0, target);
        StableObject.target(stable, 1, target);
        return type.cast(stable);
    }
}
