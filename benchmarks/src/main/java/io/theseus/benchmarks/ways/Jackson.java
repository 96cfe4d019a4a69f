// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.util.List;
import java.util.stream.Stream;

/** {@code jackson}: a minor version of Jackson and the next under three applications of ours that do nothing but JSON, one with state. */
final class Jackson extends TwoReleases {
    private static final List<String> APPLICATIONS = List.of("orders", "stock", "totals");
    private static final List<String> PARTS = List.of("core", "annotations", "databind");
    private static final String FIRST = "2.17.2";
    private static final String NEXT = "2.18.3";

    Jackson() {
        super("json", FIRST, NEXT);
    }

    @Override
    public String name() {
        return "jackson";
    }

    @Override
    public void prepare(Scene scene) throws Exception {
        for (String application : APPLICATIONS) {
            scene.bundles().application(application);
        }
        Artifacts.fetch(
                scene.artifacts(),
                Stream.of(FIRST, NEXT)
                        .flatMap(version -> PARTS.stream().map(part -> artifact(part, version)))
                        .toList());
    }

    @Override
    void fill(ReleaseText text, String version) {
        PARTS.forEach(part -> text.library("mvn:" + artifact(part, version)));
        APPLICATIONS.forEach(application -> text.application("bundles/" + application + "-1.0.0.jar"));
    }

    @Override
    void await(Scene scene, String version) throws Exception {
        scene.awaitAnswers(version + " ", "orders", "stock", "totals");
    }

    private static String artifact(String part, String version) {
        return "com.fasterxml.jackson.core/jackson-" + part + "/" + version;
    }
}
