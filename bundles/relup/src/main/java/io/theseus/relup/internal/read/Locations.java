// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.Place;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Locations in a release file: absolute ones as written, relative ones resolved against the file; every one once. */
final class Locations {
    private final String base;
    private final Problems problems;
    private final Map<String, Place> seen = new HashMap<>();

    Locations(String base, Problems problems) {
        this.base = base;
        this.problems = problems;
    }

    /** The location of a bundle; a second one of the same is a problem. */
    Optional<String> bundle(String text, Place place) {
        Optional<String> location = resolve(text, place);
        location.ifPresent(l -> {
            Place first = seen.putIfAbsent(l, place);
            if (first != null) {
                duplicate(l, place, first.toString());
            }
        });
        return location;
    }

    void duplicate(String location, Place place, String first) {
        problems.add(
                "duplicate-application",
                place,
                location + " is in the release already, at " + first,
                "a release has every bundle once: remove one");
    }

    Optional<String> resolve(String text, Place place) {
        if (text.isEmpty()) {
            problems.add(place, "a location is missing", "write a URL, as mvn:com.acme/ledger/1.0.0");
            return Optional.empty();
        }
        if (text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            return Optional.of(text);
        }
        try {
            URI resolved = URI.create(base).resolve(URI.create(text));
            if (resolved.isAbsolute()) {
                return Optional.of(resolved.toString());
            }
        } catch (IllegalArgumentException e) {
            // the problem below says it
        }
        problems.add(
                place,
                "'" + text + "' is no URL and can not be resolved against " + base,
                "write an absolute URL, as mvn:com.acme/ledger/1.0.0");
        return Optional.empty();
    }

    Optional<String> sha256(Yaml.Scalar scalar) {
        String digest = scalar.text().toLowerCase(Locale.ROOT);
        if (!digest.matches("[0-9a-f]{64}")) {
            problems.add(scalar.place(), "'" + scalar.text() + "' is no SHA-256", "it has 64 hexadecimal digits");
            return Optional.empty();
        }
        return Optional.of(digest);
    }
}
