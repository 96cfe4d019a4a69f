// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.release.BundleSpec;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * A bundle in which two releases differ: it comes ({@code from} is empty), goes ({@code to} is empty), or changes its version or its
 * content; or it stays as it is and moves along with what it is wired to.
 */
record Difference(String name, Optional<BundleSpec> from, Optional<BundleSpec> to) {
    boolean comes() {
        return from.isEmpty();
    }

    boolean goes() {
        return to.isEmpty();
    }

    boolean changes() {
        return from.isPresent() && to.isPresent();
    }

    /** Whether it changes its wires only: the same bundle is installed a second time. */
    boolean moves() {
        return stays() && !rebuilt();
    }

    /** Whether its content changes, and its version does not. */
    boolean rebuilt() {
        return stays() && !from.orElseThrow().mayHave(to.orElseThrow().sha256());
    }

    /** Whether its version does not change. */
    boolean stays() {
        return changes() && version(from).equals(version(to));
    }

    boolean library() {
        return from.filter(Difference::library).isPresent()
                || to.filter(Difference::library).isPresent();
    }

    private static boolean library(BundleSpec bundle) {
        return bundle.role() == BundleSpec.Role.LIBRARY;
    }

    /** Up to a version that carries the way from the older one; down from a version that carries the way back. */
    Direction direction() {
        return changes() && version(to).compareTo(version(from)) < 0 ? Direction.DOWN : Direction.UP;
    }

    /** The higher version, whose appup counts in both directions. */
    BundleSpec carrier() {
        return (direction() == Direction.UP ? to : from).orElseThrow();
    }

    /** The version that the carrier's appup must know. */
    Version base() {
        return version(direction() == Direction.UP ? from : to);
    }

    static Version version(Optional<BundleSpec> bundle) {
        return bundle.orElseThrow().version();
    }

    /** The bundle by its new version, or by the old one if it goes. */
    @Override
    public String toString() {
        return to.or(() -> from).orElseThrow().toString();
    }
}
