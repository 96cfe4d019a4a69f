// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.StartType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * A release as its file says it, before its bundles were fetched.
 *
 * @param bundles in file order
 * @param appups for a symbolic name, or for the location of a bundle, the appup the release brings for it: a URL, relative ones resolved
 *     against the release file
 * @param relup scripts that somebody wrote to this release and back
 * @param features what it is to Karaf, with the features it requires
 * @param files what its features bring where it is not there yet, by where it goes, as in {@code Features.files}
 * @param originals for the location of a bundle that comes in place of another one, by a rule of Karaf's: the location of that other,
 *     which stays if its symbolic name is another one or its version is not lower
 * @param rules for people: what Karaf's own rules have made of the file
 * @param conditions for people: what of its features is only there on a condition, and whether it is in the release
 */
public record ReleaseDraft(
        String name,
        Version version,
        List<Entry> bundles,
        Map<String, Entry> appups,
        Optional<Entry> relup,
        Features features,
        Map<String, Entry> files,
        Map<String, String> originals,
        List<String> rules,
        List<String> conditions) {
    public ReleaseDraft {
        bundles = List.copyOf(bundles);
        appups = Map.copyOf(appups);
        files = Map.copyOf(files);
        originals = Map.copyOf(originals);
        rules = List.copyOf(rules);
        conditions = List.copyOf(conditions);
    }

    /** One that brings nothing but bundles, without rules and conditions. */
    public ReleaseDraft(
            String name,
            Version version,
            List<Entry> bundles,
            Map<String, Entry> appups,
            Optional<Entry> relup,
            Features features) {
        this(name, version, bundles, appups, relup, features, Map.of(), Map.of(), List.of(), List.of());
    }

    /**
     * One bundle, one appup, a relup or a file.
     *
     * @param location an absolute URL
     * @param sha256 the digest it must have; empty: whatever it has
     * @param role empty: an application if it exports no package to others, see {@code BundleFacts}
     * @param type how it is started
     * @param where {@code file:line:column} of the entry
     */
    public record Entry(
            String location,
            Optional<String> sha256,
            int startLevel,
            Optional<BundleSpec.Role> role,
            StartType type,
            String where) {}
}
