// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import io.theseus.release.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Whose state is handed to whom, and every complaint about it.
 *
 * @param where the component, with both versions
 * @param allowLoss record components that may be lost, as {@code field} or {@code Record.field}
 */
public record Handing(String where, Set<String> allowLoss, List<Problem> problems) {
    public Handing {
        Objects.requireNonNull(where, "where");
        allowLoss = Set.copyOf(allowLoss);
    }

    void refuse(String text, String hint) {
        Problem problem = new Problem("state-not-convertible", where, text, hint);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    boolean mayLose(Class<?> record, String field) {
        return allowLoss.contains(field) || allowLoss.contains(record.getSimpleName() + "." + field);
    }
}
