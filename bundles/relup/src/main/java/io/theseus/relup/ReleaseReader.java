// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.relup.internal.read.ReleaseFile;
import java.util.List;
import java.util.Set;

/**
 * Reads release files: Karaf feature repositories, and YAML.
 *
 * <pre>
 * release: shop
 * version: 2.0.0
 * bundles:
 *   - location: mvn:com.acme/ledger/2.0.0
 *   - {location: lib/money.jar, role: library, start_level: 70, sha256: 9f86d081...}
 *   - {location: mvn:com.acme/audit/1.3.0, type: optional}
 * appups:
 *   com.acme.third.party: third-party.yaml
 * requires: [http-whiteboard, scr/4.4.10]
 * </pre>
 *
 * <p>In a feature repository the release is named by the repository's name, without a version at its end, and has the version of
 * its features: those that no other feature of the file includes must agree on one. If one feature is chosen, the release has its name. A bundle with {@code dependency="true"} is a library, one
 * with {@code start="false"} is loaded. An included feature that the file does not define is required to be installed. What a feature
 * has on a condition is in the release if the feature it names is, or is installed. The features are what
 * rules of the container make of them. What would be lost is refused, not skipped.
 */
public final class ReleaseReader {
    private ReleaseReader() {}

    /**
     * Reads a release file.
     *
     * @param url where it came from: relative locations are resolved against it
     * @param features which of a feature repository's features, {@code name} or {@code name/version}, with those they include; none: all
     * @param container asked what it has only where there is a condition
     * @throws io.theseus.release.RefusedException {@code bad-release-file}, {@code duplicate-application}: everything that is wrong with
     *     it, each with {@code file:line:column}; whatever the container throws, if nothing else is wrong
     */
    public static ReleaseDraft read(String url, byte[] content, List<String> features, ContainerFeatures container) {
        return ReleaseFile.read(url, content, features, container);
    }

    /** Reads all features of a feature repository, or YAML, for a container without features. */
    public static ReleaseDraft read(String url, byte[] content) {
        return read(url, content, List.of(), Set::of);
    }
}
