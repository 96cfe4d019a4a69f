// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A version of the whole fleet, as a feature repository beside its bundles in a folder of Maven layout.
 *
 * @param url of the feature repository
 * @param folder where each application is as {@code SYMBOLIC_NAME.jar}, with services that rank higher
 */
record Release(String id, String url, Path folder) {
    /** @param versions the version of each application */
    static Release write(Path repository, int applications, String version, IntFunction<String> versions)
            throws IOException {
        Path folder = Files.createDirectories(repository.resolve("flat-" + version));
        for (int i = 0; i < applications; i++) {
            put(
                    repository,
                    Pattern.name(i),
                    versions.apply(i),
                    Pattern.application(i, applications, versions.apply(i), 0).bytes());
            byte[] ranked =
                    Pattern.application(i, applications, versions.apply(i), 1).bytes();
            Files.write(folder.resolve(Pattern.name(i) + ".jar"), ranked);
        }
        String bundles = IntStream.range(0, applications)
                .mapToObj(i -> "    <bundle start-level=\"80\">mvn:fleet/%s/%s</bundle>\n"
                        .formatted(Pattern.name(i), versions.apply(i)))
                .collect(Collectors.joining());
        String xml = """
                <?xml version="1.0" encoding="UTF-8"?>
                <features name="fleet-%1$s" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="fleet" version="%1$s">
                %2$s  </feature>
                </features>
                """.formatted(version, bundles);
        Path features = Files.createDirectories(repository.resolve("fleet/fleet/" + version))
                .resolve("fleet-" + version + "-features.xml");
        Files.writeString(features, xml);
        return new Release("fleet/" + version, "mvn:fleet/fleet/" + version + "/xml/features", folder);
    }

    static void put(Path repository, String artifact, String version, byte[] jar) throws IOException {
        Path folder = Files.createDirectories(repository.resolve("fleet/" + artifact + "/" + version));
        Files.write(folder.resolve(artifact + "-" + version + ".jar"), jar);
    }
}
