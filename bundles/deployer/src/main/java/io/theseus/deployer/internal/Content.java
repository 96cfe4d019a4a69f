// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import java.util.Map;
import org.osgi.framework.Version;

/** What a file is, as far as it matters here. */
sealed interface Content {
    /**
     * A YAML file that means to be a release.
     *
     * @param ended whether its last line is complete
     */
    record ReleaseYaml(boolean ended) implements Content {}

    /**
     * A Karaf feature repository.
     *
     * @param name of its root element, empty when it has none
     * @param marked whether it says that it is a release
     */
    record FeatureRepository(String name, boolean marked) implements Content {}

    /**
     * A Karaf archive.
     *
     * @param repositories the feature repositories in it, by the names of their entries
     * @param resources whether it brings files for the folder of the container itself
     */
    record Kar(Map<String, FeatureRepository> repositories, boolean resources) implements Content {
        public Kar {
            repositories = Map.copyOf(repositories);
        }
    }

    /**
     * A jar with a symbolic name and a version.
     *
     * @param appup whether it has one in it
     */
    record Jar(String symbolicName, Version version, boolean appup) implements Content {
        @Override
        public String toString() {
            return symbolicName + " " + version;
        }
    }

    /** Of a kind that could be a release or an application, and can not be read, or not yet. */
    record Unreadable(String why) implements Content {}

    /** Something else. */
    record Foreign() implements Content {}
}
