// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import java.util.List;
import org.osgi.framework.Version;

/**
 * An application's upgrade descriptor: how to get to this version from older ones, and back.
 *
 * @param file its name, for messages
 * @param version the version it belongs to
 */
public record Appup(String file, Version version, List<Entry> up, List<Entry> down) {
    public Appup {
        up = List.copyOf(up);
        down = List.copyOf(down);
    }

    /**
     * One way.
     *
     * @param versions the versions it is for: exact or a range; the first entry that matches wins
     * @param line where it stands, 1 is the first
     */
    public record Entry(Versions versions, List<HighLevel> instructions, int line) {
        public Entry {
            instructions = List.copyOf(instructions);
        }
    }

    /** A set of versions, as written. */
    public interface Versions {
        boolean includes(Version version);
    }
}
