// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.port.Snapshot;
import io.theseus.port.Switchboard;
import io.theseus.release.Release;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything a plan depends on.
 *
 * @param from the release that runs
 * @param to the release to run
 * @param snapshot the framework now
 * @param lines the applications as the switchboard sees them, by symbolic name
 * @param facts for the SHA-256 of every bundle of both releases what its file says
 * @param appups for the SHA-256 of a bundle its appup: its own, or the one a release brought for it
 * @param relups of both releases: a script that one of them has is run in place of a generated one
 * @param others for a symbolic name the appups of more versions that are at hand: ways over several versions lead through them
 * @param there of what the features of {@code to} bring besides bundles: names of the configurations and places of the files that are
 *     there already, as in {@link io.theseus.release.Features}; names of the configurations of files too
 * @param again names of applications that stay in their version and are installed a second time all the same
 */
public record Planning(
        Release from,
        Release to,
        Snapshot snapshot,
        Map<String, Switchboard.Line> lines,
        Map<String, BundleFacts> facts,
        Map<String, Appup> appups,
        List<Relup> relups,
        Map<String, List<Appup>> others,
        Set<String> there,
        Set<String> again) {
    public Planning {
        lines = Map.copyOf(lines);
        facts = Map.copyOf(facts);
        appups = Map.copyOf(appups);
        relups = List.copyOf(relups);
        others = Map.copyOf(others);
        there = Set.copyOf(there);
        again = Set.copyOf(again);
    }
}
