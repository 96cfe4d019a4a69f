// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.Objects;

/**
 * Why something was refused or failed: what, where, and what to do. A value; {@link #toString} is the sentence a user reads.
 *
 * @param code a stable short name for scripts, as {@code no-such-release}
 * @param where a place: {@code file:line:column}, a bundle, a component, an instruction; empty when the text says it all
 * @param text what is wrong: subject, fact
 * @param hint what to do about it; empty when nothing can be done
 */
public record Problem(String code, String where, String text, String hint) {
    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(hint, "hint");
    }

    public static Problem of(String code, String where, String text) {
        return new Problem(code, where, text, "");
    }

    public Problem withHint(String newHint) {
        return new Problem(code, where, text, newHint);
    }

    @Override
    public String toString() {
        return (where.isEmpty() ? "" : where + ": ") + text + (hint.isEmpty() ? "" : "; " + hint);
    }
}
