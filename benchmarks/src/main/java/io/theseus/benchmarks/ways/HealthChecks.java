// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.util.List;
import java.util.stream.Stream;

/**
 * {@code ds}: the Apache Felix Health Checks, more than thirty DS components in two applications, both of which change, and so does the
 * library with their interfaces, under an application of ours that calls them.
 */
final class HealthChecks extends TwoReleases {
    private static final String GROUP = "org.apache.felix/org.apache.felix.healthcheck.";
    private static final String FIRST = "1.0.0";
    private static final String NEXT = "2.0.0";
    private static final List<String> FIRST_PARTS =
            List.of(GROUP + "api/2.0.2", GROUP + "core/2.0.6", GROUP + "generalchecks/3.0.4");
    private static final List<String> NEXT_PARTS =
            List.of(GROUP + "api/2.0.4", GROUP + "core/2.0.14", GROUP + "generalchecks/3.0.8");
    /** Only the older core needs it. */
    private static final String LANG = "org.apache.commons/commons-lang3/3.12.0";

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
                Stream.of(FIRST_PARTS, List.of(LANG), NEXT_PARTS)
                        .flatMap(List::stream)
                        .toList());
        scene.bundles().application("checks");
    }

    @Override
    void fill(ReleaseText text, String version) {
        parts(version).forEach(part -> text.bundle("mvn:" + part));
        text.bundle("mvn:" + LANG);
        text.application("bundles/checks-1.0.0.jar");
    }

    /** The checks answer, and the bundles are those of this release. */
    @Override
    void await(Scene scene, String version) throws Exception {
        String api = parts(version).get(0);
        scene.awaitAnswers(api.substring(api.lastIndexOf('/') + 1) + " ", "checks");
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
