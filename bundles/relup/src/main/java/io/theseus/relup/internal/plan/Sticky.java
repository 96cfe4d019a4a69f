// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Beside pass 5: what the container itself consists of stays as it is while that runs. No restart of a script solves it: such a bundle runs
 * before there is anybody who could take it down. A release may have one, in the version that is there.
 */
final class Sticky {
    private static final String LEAVE =
            "leave it as it is, and upgrade it as Karaf itself is upgraded, with the container down";
    private final Snapshot snapshot;
    private final Differences differences;
    private final Rewiring rewiring;

    Sticky(Picture picture, Differences differences, Rewiring rewiring) {
        this.snapshot = picture.planning().snapshot();
        this.differences = differences;
        this.rewiring = rewiring;
    }

    List<Problem> problems() {
        return differences.all().stream()
                .flatMap(
                        difference -> Optional.ofNullable(snapshot.sticky().get(difference.name()))
                                .flatMap(why -> problem(difference, why))
                                .stream())
                .toList();
    }

    private Optional<Problem> problem(Difference difference, String why) {
        if (difference.moves()) {
            return Optional.of(new Problem(
                    "sticky",
                    difference.toString(),
                    rewiring.why(difference).orElse("it moves along") + ", and must not be there twice: " + why,
                    "let an appup say restart_new_container: then everybody is wired anew"));
        }
        if (difference.goes()) {
            return Optional.of(new Problem(
                    "sticky",
                    difference.toString(),
                    "the release has it no more, and it must stay while the container runs: " + why,
                    "keep it in the release"));
        }
        return difference.comes() && installed(difference)
                ? Optional.empty()
                : Optional.of(new Problem(
                        "sticky",
                        difference.toString(),
                        "is to run in place of " + running(difference)
                                + ", which must not change while the container runs: " + why,
                        LEAVE));
    }

    private boolean installed(Difference difference) {
        return snapshot.find(difference.name(), Difference.version(difference.to()))
                .isPresent();
    }

    private String running(Difference difference) {
        return difference
                .from()
                .map(Object::toString)
                .or(() -> snapshot.named(difference.name()).stream().findFirst().map(Installed::toString))
                .orElse("the one that runs");
    }
}
