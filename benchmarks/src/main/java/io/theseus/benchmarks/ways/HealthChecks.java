// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.util.List;
import java.util.stream.Stream;

/**
 * {@code ds}: the Apache Felix Health Checks, more than thirty DS components in two applications, both of which change, under an
 * application of ours that calls them.
 */
final class HealthChecks extends TwoReleases {
    private static final String GROUP = "org.apache.felix/org.apache.felix.healthcheck.";
    private static final String API = GROUP + "api/2.0.4";
    private static final String FIRST = "1.0.0";
    private static final String NEXT = "2.0.0";
    private static final List<String> FIRST_PARTS = List.of(API, GROUP + "core/2.0.8", GROUP + "generalchecks/3.0.4");
    private static final List<String> NEXT_PARTS = List.of(API, GROUP + "core/2.0.14", GROUP + "generalchecks/3.0.8");

    HealthChecks() {
        super("health", FIRST, NEXT);
    }

    @Override
    public String name() {
        return "ds";
    }

    @Override
    public void prepare(Scene scene) throws Exception {
        Artifacts.fetch(
                scene.artifacts(),
                Stream.concat(FIRST_PARTS.stream(), NEXT_PARTS.stream())
                        .distinct()
                        .toList());
        scene.bundles().application("checks");
    }

    @Override
    void fill(ReleaseText text, String version) {
        parts(version).forEach(part -> text.bundle("mvn:" + part));
        text.application("bundles/checks-1.0.0.jar");
    }

    /** The checks answer, and the bundles are those of this release. */
    @Override
    void await(Scene scene, String version) throws Exception {
        scene.awaitAnswers("2.0.4 ", "checks");
        String bundles = scene.run("bundle:list -s -t 0 | grep org.apache.felix.healthcheck");
        for (String part : parts(version)) {
            if (!bundles.contains(part.substring(part.lastIndexOf('/') + 1))) {
                throw new IllegalStateException(part + " does not run");
            }
        }
    }

    private static List<String> parts(String version) {
        return version.equals(FIRST) ? FIRST_PARTS : NEXT_PARTS;
    }
}
