// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.Comparator;
import java.util.Objects;
import org.osgi.framework.Version;

/**
 * The identity of a release, written {@code name/version}.
 *
 * @param name letters, digits, {@code . _ -}
 * @param version an OSGi version
 */
public record ReleaseId(String name, Version version) implements Comparable<ReleaseId> {
    private static final Comparator<ReleaseId> ORDER =
            Comparator.comparing(ReleaseId::name).thenComparing(ReleaseId::version);

    public ReleaseId {
        Objects.requireNonNull(version, "version");
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException(
                    "release name '" + name + "' has other characters than A-Z a-z 0-9 . _ -");
        }
    }

    /**
     * Reads {@code name/version}.
     *
     * @throws IllegalArgumentException if the text is no such thing; the message says what was expected
     */
    public static ReleaseId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' is no release: expected name/version, as in shop/2.0.0");
        }
        return new ReleaseId(text.substring(0, slash), Version.parseVersion(text.substring(slash + 1)));
    }

    /** Whether one build after the other has this id, as Maven names them: {@code 2.0.0.SNAPSHOT}, {@code 2.0.0.rc1-SNAPSHOT}. */
    public boolean snapshot() {
        return version.getQualifier().matches("(.*-)?SNAPSHOT");
    }

    @Override
    public int compareTo(ReleaseId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name + "/" + version;
    }
}
