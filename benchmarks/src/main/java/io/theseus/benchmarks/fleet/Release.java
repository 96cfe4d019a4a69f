// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
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
        Map<String, String> bundles = new TreeMap<>();
        IntStream.range(0, applications).forEach(i -> bundles.put(Pattern.name(i), versions.apply(i)));
        return describe(repository, version, bundles, folder);
    }

    /**
     * Writes the feature repository.
     *
     * @param bundles versions of artifacts of group {@code fleet}
     */
    static Release describe(Path repository, String version, Map<String, String> bundles, Path folder)
            throws IOException {
        String lines = bundles.entrySet().stream()
                .map(each -> "    <bundle start-level=\"80\">mvn:fleet/%s/%s</bundle>\n"
                        .formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining());
        String xml = """
                <?xml version="1.0" encoding="UTF-8"?>
                <features name="fleet-%1$s" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="fleet" version="%1$s">
                %2$s  </feature>
                </features>
                """.formatted(version, lines);
        Path features = Files.createDirectories(repository.resolve("fleet/fleet/" + version))
                .resolve("fleet-" + version + "-features.xml");
        Files.writeString(features, xml);
        return new Release("fleet/" + version, "mvn:fleet/fleet/" + version + "/xml/features", folder);
    }

    /** Writes a bundle where it is found as {@code mvn:fleet/ARTIFACT/VERSION}; answers the file. */
    static Path put(Path repository, String artifact, String version, byte[] jar) throws IOException {
        Path folder = Files.createDirectories(repository.resolve("fleet/" + artifact + "/" + version));
        return Files.write(folder.resolve(artifact + "-" + version + ".jar"), jar);
    }
}
