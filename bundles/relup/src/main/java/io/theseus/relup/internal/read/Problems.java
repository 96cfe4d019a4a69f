// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.relup.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects everything that is wrong with one file, so that its author sees it all at once. */
public final class Problems {
    /** Nobody reads more at once, and a file may have a mistake on every line. */
    private static final int MOST = 100;

    private final String code;
    private final List<Found> found = new ArrayList<>();
    private int more;

    private record Found(Place place, Problem problem) {}

    /** @param code of every problem that is not given another one */
    public Problems(String code) {
        this.code = code;
    }

    public void add(Place place, String text, String hint) {
        add(code, place, text, hint);
    }

    public void add(String otherCode, Place place, String text, String hint) {
        if (found.size() < MOST) {
            found.add(new Found(place, new Problem(otherCode, place.toString(), text, hint)));
        } else {
            more++;
        }
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
        found.add(new Found(place, new Problem(code, place.toString(), text, hint)));
        return refused();
    }

    /** In the order of the file. */
    private RefusedException refused() {
        List<Problem> problems = found.stream()
                .sorted(Comparator.comparingInt((Found f) -> f.place().line())
                        .thenComparingInt(f -> f.place().column()))
                .map(Found::problem)
                .collect(Collectors.toCollection(ArrayList::new));
        if (more > 0) {
            String last = problems.get(problems.size() - 1).where();
            problems.add(new Problem(code, last, "and " + more + " more problems", "mend the others first"));
        }
        return new RefusedException(problems);
    }
}
