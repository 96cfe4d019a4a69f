// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.io.IOException;
import java.util.List;

/** {@code library}: a library of ours changes under three applications that stay in their version, one of them with state. */
final class Library implements Way {
    private static final List<String> APPLICATIONS = List.of("counter", "quotes", "invoices");
    private static final String FIRST = "1.0.0";
    private static final String NEXT = "1.1.0";

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
    public void first(Scene scene) throws Exception {
        unpack(scene, FIRST);
        unpack(scene, NEXT);
        scene.run("release:install --permanent till/" + FIRST);
        await(scene, FIRST);
    }

    @Override
    public void thereAndBack(Scene scene) throws Exception {
        scene.tryOut("till/" + NEXT);
        await(scene, FIRST);
        scene.install("till/" + NEXT);
        await(scene, NEXT);
        scene.install("till/" + FIRST);
        await(scene, FIRST);
    }

    private static void await(Scene scene, String version) throws Exception {
        scene.awaitAnswers(version + " ", "counter", "invoices");
    }

    private static void unpack(Scene scene, String version) throws IOException {
        ReleaseText release = new ReleaseText("till", version).library("bundles/money-" + version + ".jar");
        APPLICATIONS.forEach(application -> release.application("bundles/" + application + "-1.0.0.jar"));
        scene.unpack(release);
    }
}
