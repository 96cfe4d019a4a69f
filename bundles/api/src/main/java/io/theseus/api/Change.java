// SPDX-License-Identifier: Apache-2.0
package io.theseus.api;

import java.util.Map;
import java.util.Objects;
import org.osgi.framework.Version;

/**
 * One change of code, as seen by the application that changes.
 *
 * @param direction up or down
 * @param from version whose component gave the state
 * @param to version whose component takes it
 * @param extra the {@code extra} of the appup's {@code update}; never null, often empty. Values are those of YAML:
 *     String, Integer, Long, Double, Boolean, List and Map
 */
public record Change(Direction direction, Version from, Version to, Map<String, Object> extra) {
    public Change {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        extra = Map.copyOf(extra);
    }
}
