// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.Fetching.Fetched;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.release.Problem;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.ReleaseDraft.Entry;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which of two bundles a release has, where a rule of Karaf's puts one in place of the other: as in Karaf, the other one if that is no
 * older version of the same bundle, which shows only when both are there.
 */
final class Overriding {
    private final Map<String, String> originals;
    private final Function<Entry, Fetched> fetching;
    private final Operation operation;

    /** @param originals for the location of a bundle that of the other */
    Overriding(Map<String, String> originals, Function<Entry, Fetched> fetching, Operation operation) {
        this.originals = originals;
        this.fetching = fetching;
        this.operation = operation;
    }

    /** One of the two, fetched. */
    record Choice(Entry entry, Fetched fetched) {}

    Choice choose(Entry entry) {
        Choice comes = new Choice(entry, fetching.apply(entry));
        return Optional.ofNullable(originals.get(entry.location()))
                .map(location -> new Entry(
                        location, Optional.empty(), entry.startLevel(), entry.role(), entry.type(), entry.where()))
                .map(other -> new Choice(other, fetching.apply(other)))
                .filter(other -> stays(other, comes))
                .orElse(comes);
    }

    private boolean stays(Choice other, Choice comes) {
        BundleFacts old = other.fetched().facts();
        BundleFacts next = comes.fetched().facts();
        if (old.symbolicName().equals(next.symbolicName()) && old.version().compareTo(next.version()) < 0) {
            return false;
        }
        operation.problem(Problem.of(
                "karaf-rule",
                other.entry().where(),
                other.entry().location() + " stays, since " + comes.entry().location() + " is no later version of "
                        + old.symbolicName() + " " + old.version()));
        return true;
    }
}
