// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.release.Features;
import io.theseus.release.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where what a release brings and what is there do not go together. */
public final class Collision {
    private Collision() {}

    /**
     * What stands in the way of a file that is not there. Karaf would write it too, and whoever reads it then would change the
     * configuration.
     *
     * @param place as in {@link Features#files}
     * @param configured whether a configuration of that name is there
     */
    public static List<Problem> of(String place, Predicate<String> configured) {
        Optional<String> name = Features.configured(place).filter(configured);
        return name
                .map(there -> Problem.of(
                                "configuration",
                                place,
                                "is brought by a feature of the release and is not there, but the configuration "
                                        + there + " is, which it would change")
                        .withHint("make the file with what is to hold, or remove the configuration"))
                .stream()
                .toList();
    }
}
