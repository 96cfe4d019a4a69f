// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.Place;
import java.util.Optional;

/** Names that become names of files. */
final class NameText {
    private NameText() {}

    static Optional<String> release(Yaml.Scalar name, Problems problems) {
        if (!name.text().matches("[A-Za-z0-9._-]+")) {
            problems.add(name.place(), "'" + name.text() + "' is no name of a release", "use A-Z a-z 0-9 . _ -");
        }
        return Optional.of(name.text());
    }

    /** A configuration, or {@code factory~instance}. */
    static void pid(Place place, String pid, Problems problems) {
        if (!pid.matches("[A-Za-z0-9._-]+(~[A-Za-z0-9._~-]+)?")) {
            problems.add(place, "'" + pid + "' is no PID", "use A-Z a-z 0-9 . _ - ~");
        }
    }
}
