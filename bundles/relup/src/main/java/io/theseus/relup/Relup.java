// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.release.ReleaseId;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * Scripts between a release and others of its name. Versions are exact, as in OTP: a script names every bundle.
 *
 * @param file its name, for messages
 * @param release the one it belongs to
 */
public record Relup(String file, ReleaseId release, List<Entry> up, List<Entry> down) {
    public Relup {
        up = List.copyOf(up);
        down = List.copyOf(down);
    }

    /**
     * One script.
     *
     * @param version of the release it is from (up) or to (down)
     * @param description for the operator; may be empty
     */
    public record Entry(Version version, String description, Script script) {}

    /** The script from one release to another, one of which is the relup's. */
    public Optional<Entry> script(ReleaseId from, ReleaseId to) {
        if (!from.name().equals(to.name())) {
            return Optional.empty();
        }
        return release.equals(to) ? from(from.version()) : release.equals(from) ? to(to.version()) : Optional.empty();
    }

    /** The script that comes from a version. */
    public Optional<Entry> from(Version version) {
        return up.stream().filter(e -> e.version().equals(version)).findFirst();
    }

    /** The script that goes back to a version. */
    public Optional<Entry> to(Version version) {
        return down.stream().filter(e -> e.version().equals(version)).findFirst();
    }
}
