// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The Karaf features that a release is. Either they are those of a feature repository that Karaf can read as well, or Theseus
 * writes a repository for them, with the bundles of the release.
 *
 * @param repository URL of the feature repository; empty: the one that Theseus writes
 * @param roots ids ({@code name/version}) of the features that no other one of the repository includes; at least one
 * @param includes features of other repositories, {@code name} or {@code name/version}, that they need
 * @param repositories URLs of repositories where those are
 * @param configurations what they bring where it is not there yet: properties as a text, by PID, or by factory PID, {@code -} or
 *     {@code ~}, and a name
 */
public record Features(
        String repository,
        List<String> roots,
        List<String> includes,
        List<String> repositories,
        Map<String, String> configurations) {
    /** Name of the file that Theseus writes: whatever repository Karaf knows under it is one of ours. */
    public static final String WRITTEN = "theseus-features.xml";

    public Features {
        Objects.requireNonNull(repository, "repository");
        roots = List.copyOf(roots);
        includes = List.copyOf(includes);
        repositories = List.copyOf(repositories);
        configurations = Map.copyOf(configurations);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("a release of features has at least one");
        }
    }

    /** Features that need no other ones. */
    public Features(String repository, List<String> roots) {
        this(repository, roots, List.of(), List.of());
    }

    /** Features that bring no configurations. */
    public Features(String repository, List<String> roots, List<String> includes, List<String> repositories) {
        this(repository, roots, includes, repositories, Map.of());
    }

    /** The PID of a configuration that a feature brings, {@code factoryPid~name} for one of a factory, as Karaf reads its name. */
    public static String pid(String configuration) {
        return configuration.contains("~") ? configuration : configuration.replaceFirst("-", "~");
    }

    /** Whether Theseus writes the repository. */
    public boolean written() {
        return repository.isEmpty();
    }

    /** The same from another repository. */
    public Features at(String url) {
        return new Features(url, roots, includes, repositories, configurations);
    }

    /** Features of the same names in another version, in a repository that Theseus writes. */
    public Features derived(String version) {
        List<String> ids =
                roots.stream().map(id -> id.split("/", 2)[0] + "/" + version).toList();
        return new Features("", ids, includes, repositories, configurations);
    }
}
