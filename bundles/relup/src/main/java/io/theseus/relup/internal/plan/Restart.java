// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.release.Problem;
import io.theseus.relup.HighLevel;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Pass 9 of OTP's translation: restarts of the container. However many {@code restart_new_container} there are, on the way up one is the very first
 * instruction, and on the way down it becomes a {@code restart_container}; of those one is the very last. A container that starts in the
 * target release needs no switch, so a script with {@code restart_new_container} in it changes nothing while it runs.
 *
 * @param anew whether some appup says {@code restart_new_container}
 * @param first whether the script begins with it
 * @param last whether the script ends with {@code restart_container}
 * @param firstOrigin where they are written
 */
record Restart(boolean anew, boolean first, boolean last, String firstOrigin, String lastOrigin) {
    /** What is only a problem for a container that runs on. */
    private static final Set<String> HOT =
            Set.of("library-changes", "fragment-changes", "package-users", "state-not-handed-over");

    static Restart of(Collection<Choice> choices, Direction direction) {
        List<HighLevel> news = all(choices, HighLevel.RestartNewContainer.class);
        List<HighLevel> olds = all(choices, HighLevel.RestartContainer.class);
        boolean down = direction == Direction.DOWN;
        boolean last = !olds.isEmpty() || (down && !news.isEmpty());
        return new Restart(
                !news.isEmpty(),
                !news.isEmpty() && !down,
                last,
                origin(news),
                olds.isEmpty() ? origin(news) : origin(olds));
    }

    private static List<HighLevel> all(Collection<Choice> choices, Class<? extends HighLevel> type) {
        return choices.stream()
                .flatMap(c -> c.instructions().stream())
                .filter(type::isInstance)
                .toList();
    }

    private static String origin(List<HighLevel> instructions) {
        return instructions.stream()
                .map(Choice::origin)
                .distinct()
                .reduce((a, b) -> a + ", " + b)
                .orElse("generated");
    }

    boolean solves(Problem problem) {
        return anew && HOT.contains(problem.code());
    }
}
