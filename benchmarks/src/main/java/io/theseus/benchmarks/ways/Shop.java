// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import io.theseus.benchmarks.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** Where the build put the sample shop, and the deploy folder of a container. */
final class Shop {
    static final List<String> APPLICATIONS = List.of("ledger", "pricing", "basket", "checkout");

    private Shop() {}

    static void first(Scene scene) throws Exception {
        scene.run("release:unpack " + Built.shop("1.0.0"));
        scene.run("release:install --permanent shop/1.0.0");
    }

    /** @param artifact below {@code io/theseus/samples} */
    static Path found(String artifact) {
        return Built.repositories().stream()
                .map(repository -> repository.resolve("io/theseus/samples").resolve(artifact))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the build has not made " + artifact));
    }

    static Path jar(String application, String version) {
        return found("%1$s/%2$s/%1$s-%2$s.jar".formatted(application, version));
    }

    static Path features(String version) {
        return found("shop-features/%1$s/shop-features-%1$s-features.xml".formatted(version));
    }

    static Path deploy(Scene scene, String name) throws IOException {
        return Files.createDirectories(scene.karaf().distribution().home().resolve("deploy"))
                .resolve(name);
    }

    /** Copies under another name and renames, so that nobody sees half a file. */
    static void drop(Scene scene, Path file, String name) throws IOException {
        Path copied = Files.copy(
                file, scene.karaf().distribution().home().resolve(name), StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(copied, FileTime.from(Instant.now()));
        Files.move(copied, deploy(scene, name), StandardCopyOption.REPLACE_EXISTING);
    }
}
