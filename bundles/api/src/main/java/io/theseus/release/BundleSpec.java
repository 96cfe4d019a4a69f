// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.Objects;
import org.osgi.framework.Version;

/**
 * One bundle of a release.
 *
 * @param symbolicName Bundle-SymbolicName without directives
 * @param version Bundle-Version
 * @param location where it was read from, and its location in the framework: the URI a Karaf feature would name
 * @param sha256 lower-case hex digest of its bytes
 * @param startLevel OSGi start level, 1 or more
 * @param role what the bundle is to the release
 * @param type how it is started, by an install that brings it and by every start of the container; a fragment never is
 */
public record BundleSpec(
        String symbolicName,
        Version version,
        String location,
        String sha256,
        int startLevel,
        Role role,
        StartType type) {
    /** What a bundle is to its release. */
    public enum Role {
        /** Changes as an application does: side by side, under generations. */
        APPLICATION,
        /** Gives packages to applications, which move along when it changes. */
        LIBRARY
    }

    public BundleSpec {
        Objects.requireNonNull(symbolicName, "symbolicName");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(type, "type");
        if (startLevel < 1) {
            throw new IllegalArgumentException("start level " + startLevel + " of " + symbolicName + " is below 1");
        }
    }

    /** A bundle that is required to start. */
    public BundleSpec(String symbolicName, Version version, String location, String sha256, int startLevel, Role role) {
        this(symbolicName, version, location, sha256, startLevel, role, StartType.REQUIRED);
    }

    /**
     * Whether its content may be what has a digest. What ran before any release was installed is known without one, and may be any.
     *
     * @param digest as {@link #sha256}, in upper or lower case; empty if it is not known
     */
    public boolean mayHave(String digest) {
        return sha256.isEmpty() || digest.isEmpty() || sha256.equalsIgnoreCase(digest);
    }

    /** The location in the framework when another bundle, of another version, has {@link #location}. */
    public String locationBeside() {
        return location + "#" + version;
    }

    /** The location in the framework when it is there a second time and both others are taken. */
    public String locationAgain() {
        return locationBeside() + "#again";
    }

    /** Whether a bundle of this name and version, with this location in the framework, was installed for a release. */
    public boolean isAt(String installed) {
        return installed.equals(location) || installed.equals(locationBeside()) || installed.equals(locationAgain());
    }

    @Override
    public String toString() {
        return symbolicName + " " + version;
    }
}
