// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** {@code kar}: the sample shop as Karaf archives in the deploy folder; back by touching the older one. */
final class KarafArchive implements Way {
    @Override
    public String name() {
        return "kar";
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
        Shop.drop(scene, archive(scene, "1.0.0"), "shop-1.kar");
        scene.awaitPermanent("shop/1.0.0");
    }

    @Override
    public void thereAndBack(Scene scene) throws Exception {
        String first = scene.permanent();
        Shop.drop(scene, archive(scene, "2.0.0"), "shop-2.kar");
        scene.awaitDropped(first);
        String next = scene.permanent();
        Files.delete(Shop.deploy(scene, "shop-2.kar"));
        Files.setLastModifiedTime(Shop.deploy(scene, "shop-1.kar"), FileTime.from(Instant.now()));
        scene.awaitDropped(next);
    }

    private static Path archive(Scene scene, String version) throws IOException {
        Path path = scene.file("shop-" + version + ".kar", "");
        try (OutputStream file = Files.newOutputStream(path);
                JarOutputStream kar = new JarOutputStream(file, new Manifest())) {
            String features = Files.readString(Shop.features(version));
            put(
                    kar,
                    "shop-features-" + version + "-features.xml",
                    features.replaceFirst("<features", "<?theseus-release?><features")
                            .getBytes(StandardCharsets.UTF_8));
            put(
                    kar,
                    "io/theseus/samples/shop-api/1.0.0/shop-api-1.0.0.jar",
                    Files.readAllBytes(Shop.jar("shop-api", "1.0.0")));
            for (String application : Shop.APPLICATIONS) {
                put(
                        kar,
                        "io/theseus/samples/%1$s/%2$s/%1$s-%2$s.jar".formatted(application, version),
                        Files.readAllBytes(Shop.jar(application, version)));
            }
        }
        return path;
    }

    private static void put(JarOutputStream kar, String path, byte[] content) throws IOException {
        kar.putNextEntry(new JarEntry("repository/" + path));
        kar.write(content);
    }
}
