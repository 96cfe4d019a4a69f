// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
public final class Spelling {
    private Spelling() {}

    /** The known word nearest to the given one, if any is near enough to be meant. */
    public static Optional<String> meant(String word, Collection<String> known) {
        int tolerance = word.length() < 4 ? 1 : Math.max(2, word.length() / 3);
        return known.stream()
                .filter(k -> distance(word, k) <= tolerance)
                .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(Comparator.naturalOrder()));
    }

    /** A hint: what was meant, or else what there is. */
    public static String hint(String word, Collection<String> known) {
        return meant(word, known)
                .map(m -> "did you mean '" + m + "'?")
                .orElseGet(() -> "expected one of: " + String.join(", ", known));
    }

    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[right.length()];
    }
}
