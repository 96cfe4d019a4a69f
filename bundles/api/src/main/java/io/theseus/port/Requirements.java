// SPDX-License-Identifier: Apache-2.0
package io.theseus.port;

import io.theseus.release.Features;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the container itself requires: Karaf installs, starts and removes bundles so that they are those of the features it
 * requires, at every feature operation of anybody. Refreshes no bundle.
 *
 * <p>Karaf does one operation at a time and each may take long. Every method waits at most as long as it is told, and never
 * holds a lock meanwhile. Thread safety: called by one thread at a time.
 */
@ProviderType
public interface Requirements {
    /** Whether the container has installed its boot features: before that it must not be asked for anything. */
    boolean settled();

    /**
     * Lets the container require these features, no others of the same names, and none of the former ones. Bundles of theirs that
     * are installed already become Karaf's own as they are.
     *
     * @param former ids of features that are required no longer
     * @return whether anything was to be done
     * @throws io.theseus.release.RefusedException {@code karaf-busy} if it is not done in time: Karaf may do it later;
     *     {@code karaf-features} if Karaf does not do it, and why
     */
    boolean require(Features features, Set<String> former, Duration limit);

    /**
     * Lets features that somebody has installed have other bundles: in place of each that has one of these locations, or includes such a
     * one, the container requires a copy of it.
     *
     * @param instead by location the one that takes the place; empty: none does
     * @param qualifier of the versions of the copies
     * @return whether anything was to be done
     * @throws io.theseus.release.RefusedException as {@link #require}
     */
    boolean revise(Map<String, Optional<String>> instead, String qualifier, Duration limit);

    /**
     * Which of these locations an installed feature has a bundle from: as long as Karaf requires it, its next operation installs them
     * again.
     *
     * @return for a location the id of a feature
     * @throws io.theseus.release.RefusedException {@code karaf-busy}, {@code karaf-features}
     */
    Map<String, String> bringing(Set<String> locations, Duration limit);

    /**
     * What the container has by now.
     *
     * @return ids of features
     * @throws io.theseus.release.RefusedException {@code karaf-busy}, {@code karaf-features}
     */
    Set<String> installed(Duration limit);

    /**
     * What Karaf's own rules make of a feature repository. Reads it, and changes nothing.
     *
     * @throws io.theseus.release.RefusedException {@code karaf-features} if Karaf can not read it, and why
     */
    FeatureRules rules(URI repository);

    /**
     * Lets every operation of anybody leave two generations as they are, from now on and until this is called again: what came is not
     * counted as there, so that it is neither taken over nor taken for something else. What was told before is replaced. An operation
     * that is under way at that time may not heed it.
     *
     * @param incoming ids of bundles that are not counted; they see the others and are seen by them as before
     * @param stopped stands around the time in which an operation starts bundles
     */
    void overlook(Set<Long> incoming, Around stopped);

    /** Stands around something. Called by threads of the container; must not wait. */
    interface Around {
        /** Around which nobody stands. */
        Around NOBODY = new Around() {
            @Override
            public void before() {}

            @Override
            public void after() {}
        };

        void before();

        /** Called at least once behind every {@link #before}, and at other times too. */
        void after();
    }
}
