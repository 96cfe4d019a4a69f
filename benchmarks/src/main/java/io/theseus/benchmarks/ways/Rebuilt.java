// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.util.List;

/** {@code rebuilt}: a library of ours and an application with state come in another build of the versions they have. */
final class Rebuilt extends TwoReleases {
    private static final String VERSION = "1.0.0";
    private static final String BUILD = "1.0.1";

    Rebuilt() {
        super("till", VERSION, BUILD);
    }

    @Override
    public String name() {
        return "rebuilt";
    }

    @Override
    public void prepare(Scene scene) throws Exception {
        for (String application : List.of("counter", "quotes", "invoices")) {
            scene.bundles().application(application);
        }
        scene.bundles().application("counter", BUILD);
        scene.bundles().library("money", VERSION);
        scene.bundles().library("money", VERSION, BUILD);
    }

    @Override
    void fill(ReleaseText text, String build) {
        text.library("bundles/money-" + build + ".jar")
                .application("bundles/counter-" + build + ".jar")
                .application("bundles/quotes-1.0.0.jar")
                .application("bundles/invoices-1.0.0.jar");
    }

    @Override
    void await(Scene scene, String build) throws Exception {
        scene.awaitAnswers(build + " ", "counter", "invoices");
    }
}
