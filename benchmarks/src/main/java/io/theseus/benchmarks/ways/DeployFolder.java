// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.io.IOException;
import java.nio.file.Files;

/** {@code deploy}: all applications of the sample shop as jars, dropped at once; then the older ones again. */
final class DeployFolder implements Way {
    @Override
    public String name() {
        return "deploy";
    }

    @Override
    public Customers customers(Scene scene) {
        return Customers.of(scene.karaf()::http);
    }

    @Override
    public void prepare(Scene scene) {
        scene.bakeWhatIsDropped();
    }

    @Override
    public void first(Scene scene) throws Exception {
        Shop.first(scene);
    }

    @Override
    public void thereAndBack(Scene scene) throws Exception {
        String first = scene.permanent();
        drop(scene, "2.0.0");
        scene.awaitDropped(first);
        String next = scene.permanent();
        for (String application : Shop.APPLICATIONS) {
            Files.delete(Shop.deploy(scene, application + "-2.0.0.jar"));
        }
        drop(scene, "1.0.0");
        scene.awaitDropped(next);
    }

    private static void drop(Scene scene, String version) throws IOException {
        for (String application : Shop.APPLICATIONS) {
            Shop.drop(scene, Shop.jar(application, version), application + "-" + version + ".jar");
        }
    }
}
