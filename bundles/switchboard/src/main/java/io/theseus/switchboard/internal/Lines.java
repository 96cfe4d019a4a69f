// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import io.theseus.port.Switchboard.Line;
import io.theseus.switchboard.internal.service.ApplicationBundles;
import io.theseus.switchboard.internal.service.Directory;
import io.theseus.switchboard.internal.service.Lineup;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Bundle;

/** The applications that run, as the port shows them. */
final class Lines {
    private Lines() {}

    static Map<String, Line> of(Bundle[] installed, ApplicationBundles bundles, Directory directory) {
        Map<String, Line> lines = new TreeMap<>();
        Lineup lineup = directory.lineup();
        for (Bundle bundle : installed) {
            if (runs(bundle) && bundles.contains(bundle) && lineup.serves(bundle.getBundleId(), lineup.current())) {
                lines.put(bundle.getSymbolicName(), line(bundle, lineup, directory));
            }
        }
        return lines;
    }

    private static Line line(Bundle bundle, Lineup lineup, Directory directory) {
        return new Line(
                bundle.getSymbolicName(),
                bundle.getBundleId(),
                Optional.ofNullable(lineup.counterpart(bundle.getBundleId())),
                directory.count(bundle.getSymbolicName(), bundle.getBundleId()),
                directory.raw(bundle));
    }

    private static boolean runs(Bundle bundle) {
        return (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0;
    }
}
