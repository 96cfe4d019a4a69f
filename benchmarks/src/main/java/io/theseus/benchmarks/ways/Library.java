// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.util.List;

/** {@code library}: a library of ours changes under three applications that stay in their version, one of them with state. */
final class Library extends TwoReleases {
    private static final List<String> APPLICATIONS = List.of("counter", "quotes", "invoices");
    private static final String FIRST = "1.0.0";
    private static final String NEXT = "1.1.0";

    Library() {
        super("till", FIRST, NEXT);
    }

    @Override
    public String name() {
        return "library";
    }

    @Override
    public void prepare(Scene scene) throws Exception {
        for (String application : APPLICATIONS) {
            scene.bundles().application(application);
        }
        for (String version : List.of(FIRST, NEXT)) {
            scene.bundles().library("money", version);
        }
    }

    @Override
    void fill(ReleaseText text, String version) {
        text.library("bundles/money-" + version + ".jar");
        APPLICATIONS.forEach(application -> text.application("bundles/" + application + "-1.0.0.jar"));
    }

    @Override
    void await(Scene scene, String version) throws Exception {
        scene.awaitAnswers(version + " ", "counter", "invoices");
    }
}
