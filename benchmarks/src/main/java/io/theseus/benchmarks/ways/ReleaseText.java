// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

/** A release file in YAML. Thread safety: for one thread. */
final class ReleaseText {
    private final String name;
    private final String version;
    private final StringBuilder bundles = new StringBuilder();
    private final StringBuilder appups = new StringBuilder();

    ReleaseText(String name, String version) {
        this.name = name;
        this.version = version;
    }

    ReleaseText library(String location) {
        bundles.append("  - {location: '").append(location).append("', role: library, start_level: 78}\n");
        return this;
    }

    /** One that says itself what it is. */
    ReleaseText bundle(String location) {
        bundles.append("  - '").append(location).append("'\n");
        return this;
    }

    ReleaseText bundle(String location, int startLevel) {
        bundles.append("  - {location: '")
                .append(location)
                .append("', start_level: ")
                .append(startLevel)
                .append("}\n");
        return this;
    }

    /** One that the release brings. */
    ReleaseText appup(String symbolicName, String location) {
        appups.append("  ").append(symbolicName).append(": ").append(location).append('\n');
        return this;
    }

    ReleaseText application(String location) {
        bundles.append("  - {location: '").append(location).append("', role: application}\n");
        return this;
    }

    String file() {
        return name + "-" + version + ".yaml";
    }

    @Override
    public String toString() {
        return "release: " + name + "\nversion: " + version + "\nbundles:\n" + bundles
                + (appups.isEmpty() ? "" : "appups:\n" + appups);
    }
}
