// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Karaf features that a release is. Either they are those of a feature repository that Karaf can read as well, or Theseus
 * writes a repository for them, with the bundles of the release.
 *
 * @param repository URL of the feature repository; empty: the one that Theseus writes
 * @param roots ids ({@code name/version}) of the features that no other one of the repository includes; at least one
 * @param includes features of other repositories, {@code name} or {@code name/version}, that they need
 * @param repositories URLs of repositories where those are
 * @param configurations what they bring where it is not there yet: properties as a {@linkplain ConfigurationText text}, by PID, or by factory PID, {@code -} or
 *     {@code ~}, and a name
 * @param files what else they bring where it is not there yet: the SHA-256 of a file, by where it goes, which is relative to the folder
 *     of the container ({@code karaf.base}) or begins with <code>${karaf.etc}/</code> or <code>${karaf.data}/</code>
 */
public record Features(
        String repository,
        List<String> roots,
        List<String> includes,
        List<String> repositories,
        Map<String, String> configurations,
        Map<String, String> files) {
    /** Files that the container reads as configurations. */
    private static final Pattern CONFIGURED =
            Pattern.compile("(?:etc|\\$\\{karaf\\.etc})/([^/]+)\\.(?:cfg|config|json)");

    /** Name of the file that Theseus writes: whatever repository Karaf knows under it is one of ours. */
    public static final String WRITTEN = "theseus-features.xml";

    /** The property by which Karaf knows a configuration again that a feature brought ({@code FeatureConfigInstaller}). */
    public static final String CONFIG_KEY = "org.apache.karaf.features.configKey";

    public Features {
        Objects.requireNonNull(repository, "repository");
        roots = List.copyOf(roots);
        includes = List.copyOf(includes);
        repositories = List.copyOf(repositories);
        configurations = Map.copyOf(configurations);
        files = Map.copyOf(files);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("a release of features has at least one");
        }
    }

    /** Features that need no other ones. */
    public Features(String repository, List<String> roots) {
        this(repository, roots, List.of(), List.of());
    }

    /** Features that bring nothing but bundles. */
    public Features(String repository, List<String> roots, List<String> includes, List<String> repositories) {
        this(repository, roots, includes, repositories, Map.of(), Map.of());
    }

    /** The PID of a configuration that a feature brings, {@code factoryPid~name} for one of a factory, as Karaf reads its name. */
    public static String pid(String configuration) {
        int dash = configuration.indexOf('-');
        return configuration.contains("~") || dash <= 0
                ? configuration
                : configuration.substring(0, dash) + "~" + configuration.substring(dash + 1);
    }

    /**
     * The file in the folder {@code etc} that the container reads as the configuration of a PID. File Install takes what is behind the first
     * {@code -} for the name of one of a factory, and does not know {@code ~}.
     *
     * @param pid a PID, or {@code factoryPid~name}
     * @return empty: it would read every file as another configuration
     */
    public static Optional<String> file(String pid) {
        int tilde = pid.indexOf('~');
        String plain = tilde < 0 ? pid : pid.substring(0, tilde);
        return plain.indexOf('-') > 0 ? Optional.empty() : Optional.of(pid.replaceFirst("~", "-") + ".cfg");
    }

    /** The name, as of {@link #configurations}, of the configuration that the container makes of a file; empty: none. */
    public static Optional<String> configured(String file) {
        Matcher matcher = CONFIGURED.matcher(file);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether Theseus writes the repository. */
    public boolean written() {
        return repository.isEmpty();
    }

    /** The same from another repository. */
    public Features at(String url) {
        return new Features(url, roots, includes, repositories, configurations, files);
    }

    /** The same with other files. */
    public Features bringing(Map<String, String> brought) {
        return new Features(repository, roots, includes, repositories, configurations, brought);
    }

    /** Features of the same names in another version, in a repository that Theseus writes. */
    public Features derived(String version) {
        List<String> ids =
                roots.stream().map(id -> id.split("/", 2)[0] + "/" + version).toList();
        return new Features("", ids, includes, repositories, configurations, files);
    }
}
