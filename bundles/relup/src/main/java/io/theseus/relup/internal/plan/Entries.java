// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.relup.Appup;
import io.theseus.relup.HighLevel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which entry of an appup counts, and which states it hands over. The higher version's appup has both ways (OTP: systools_relup). */
final class Entries {
    private Entries() {}

    static Optional<Appup.Entry> matching(Appup appup, Difference difference) {
        List<Appup.Entry> entries = difference.direction() == Direction.UP ? appup.up() : appup.down();
        return entries.stream()
                .filter(e -> e.versions().includes(difference.base()))
                .findFirst();
    }

    /**
     * Whether a generated update hands the state over. Not on the way down from a version whose author wrote an appup and left
     * this way out: the old component goes on with what it had.
     */
    static boolean generatedHandsOver(Difference difference, Optional<Appup> appup) {
        return difference.direction() == Direction.UP || appup.isEmpty();
    }

    /** Components that would be handed a state, if the application can run side by side. */
    static Set<String> handedOver(Difference difference, Optional<Appup> appup, List<String> statefulInBoth) {
        Optional<Appup.Entry> entry = appup.flatMap(a -> matching(a, difference));
        if (entry.isPresent()) {
            return entry.get().instructions().stream()
                    .filter(HighLevel.Update.class::isInstance)
                    .map(HighLevel.Update.class::cast)
                    .filter(HighLevel.Update::advanced)
                    .map(HighLevel.Update::component)
                    .collect(Collectors.toSet());
        }
        return generatedHandsOver(difference, appup) ? Set.copyOf(statefulInBoth) : Set.of();
    }
}
