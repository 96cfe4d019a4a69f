// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.relup.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong with one file, so that its author sees it all at once. */
public final class Problems {
    private final String code;
    private final List<Found> found = new ArrayList<>();

    private record Found(Place place, Problem problem) {}

    /** @param code of every problem that is not given another one */
    public Problems(String code) {
        this.code = code;
    }

    public void add(Place place, String text, String hint) {
        add(code, place, text, hint);
    }

    public void add(String otherCode, Place place, String text, String hint) {
        found.add(new Found(place, new Problem(otherCode, place.toString(), text, hint)));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Refuses the file if anything was found. */
    public void refuse() {
        if (!found.isEmpty()) {
            throw refused();
        }
    }

    /** Adds one more and refuses at once: nothing can be read beyond it. */
    public RefusedException fatal(Place place, String text, String hint) {
        add(place, text, hint);
        return refused();
    }

    /** In the order of the file. */
    private RefusedException refused() {
        return new RefusedException(found.stream()
                .sorted(Comparator.comparingInt((Found f) -> f.place().line())
                        .thenComparingInt(f -> f.place().column()))
                .map(Found::problem)
                .toList());
    }
}
