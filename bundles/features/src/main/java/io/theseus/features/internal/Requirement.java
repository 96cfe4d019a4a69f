// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A feature that is required, as Karaf writes it: {@code feature:shop/[2.0.0,2.0.0]}.
 *
 * @param range empty: any version
 */
record Requirement(String name, String range) {
    private static final String PREFIX = "feature:";

    /** Of an id: exactly that version. */
    static Requirement of(String id) {
        String name = name(id);
        String version = id.substring(Math.min(id.length(), name.length() + 1));
        return new Requirement(name, version.isEmpty() ? "" : "[" + version + "," + version + "]");
    }

    static Optional<Requirement> read(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String feature = text.substring(PREFIX.length());
        String name = name(feature);
        return Optional.of(new Requirement(name, feature.substring(Math.min(feature.length(), name.length() + 1))));
    }

    private static String name(String id) {
        return id.split("/", 2)[0];
    }

    /** What Karaf's operations take: a pattern for the name, and a range. */
    String pattern() {
        return Pattern.quote(name) + (range.isEmpty() ? "" : "/" + range);
    }
}
