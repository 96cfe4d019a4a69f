// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.port.Snapshot;
import io.theseus.port.Switchboard;
import io.theseus.release.Release;
import java.util.Map;

/**
 * Everything a plan depends on.
 *
 * @param from the release that runs
 * @param to the release to run
 * @param snapshot the framework now
 * @param lines the applications as the switchboard sees them, by symbolic name
 * @param facts for the SHA-256 of every bundle of both releases what its file says
 * @param appups for the SHA-256 of a bundle its appup: its own, or the one a release brought for it
 */
public record Planning(
        Release from,
        Release to,
        Snapshot snapshot,
        Map<String, Switchboard.Line> lines,
        Map<String, BundleFacts> facts,
        Map<String, Appup> appups) {
    public Planning {
        lines = Map.copyOf(lines);
        facts = Map.copyOf(facts);
        appups = Map.copyOf(appups);
    }
}
