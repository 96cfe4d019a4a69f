// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.api.CodeChange;
import io.theseus.release.Problem;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stateful component, whichever instance is there when it is first told something; from then on that one. Thread safety: told by one thread at a
 * time, whichever.
 */
final class Instance {
    private final String where;
    private final Supplier<Optional<CodeChange<?>>> there;
    /** Null until it is told something. */
    private volatile @Nullable CodeChange<?> told;

    Instance(String where, Supplier<Optional<CodeChange<?>>> there) {
        this.where = where;
        this.there = there;
    }

    /** @throws FailedException if there is none */
    CodeChange<?> get() throws FailedException {
        CodeChange<?> known = told;
        if (known == null) {
            known = there.get()
                    .orElseThrow(
                            () -> new FailedException(Problem.of("no-such-component", where, "is no longer active")));
            told = known;
        }
        return known;
    }

    /** The one that was told something. */
    Optional<CodeChange<?>> told() {
        return Optional.ofNullable(told);
    }
}
