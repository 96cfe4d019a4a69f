// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code ds}: the Apache Felix Health Checks, more than thirty DS components in two applications, both of which change, under an
 * application of ours that calls them.
 */
final class HealthChecks implements Way {
    private static final String GROUP = "org.apache.felix/org.apache.felix.healthcheck.";
    private static final String API = GROUP + "api/2.0.4";
    private static final List<String> FIRST = List.of(API, GROUP + "core/2.0.8", GROUP + "generalchecks/3.0.4");
    private static final List<String> NEXT = List.of(API, GROUP + "core/2.0.14", GROUP + "generalchecks/3.0.8");

    @Override
    public String name() {
        return "ds";
    }

    @Override
    public void prepare(Scene scene) throws Exception {
        Artifacts.fetch(
                scene.artifacts(),
                Stream.concat(FIRST.stream(), NEXT.stream()).distinct().toList());
        scene.bundles().application("checks");
    }

    @Override
    public void first(Scene scene) throws Exception {
        unpack(scene, "1.0.0", FIRST);
        unpack(scene, "2.0.0", NEXT);
        scene.run("release:install --permanent health/1.0.0");
        serves(scene, FIRST);
    }

    @Override
    public void thereAndBack(Scene scene) throws Exception {
        scene.tryOut("health/2.0.0");
        serves(scene, FIRST);
        scene.install("health/2.0.0");
        serves(scene, NEXT);
        scene.install("health/1.0.0");
        serves(scene, FIRST);
    }

    /** The checks answer, and the bundles are those of this release. */
    private static void serves(Scene scene, List<String> parts) throws Exception {
        scene.awaitAnswers("2.0.4 ", "checks");
        String bundles = scene.run("bundle:list -s -t 0 | grep org.apache.felix.healthcheck");
        for (String part : parts) {
            if (!bundles.contains(part.substring(part.lastIndexOf('/') + 1))) {
                throw new IllegalStateException(part + " does not run");
            }
        }
    }

    private static void unpack(Scene scene, String version, List<String> parts) throws IOException {
        ReleaseText release = new ReleaseText("health", version);
        parts.forEach(part -> release.bundle("mvn:" + part));
        scene.unpack(release.application("bundles/checks-1.0.0.jar"));
    }
}
