// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.util.List;
import java.util.stream.Stream;

/**
 * {@code camel}: a micro version of Apache Camel and the next in a stock Karaf, under a route of ours. The bundles are those of the features
 * {@code xml-specs-api}, which Karaf installs, and {@code camel-core}, which are the release. Both releases take the list of the newer
 * repository: Central has none of the older version, and what {@code camel-core} has for the shell of Karaf it has of neither.
 */
final class Camel extends TwoReleases {
    private static final String FIRST = "3.22.3";
    private static final String NEXT = "3.22.4";
    private static final String REPOSITORY = "org.apache.camel.karaf/apache-camel/" + NEXT + "/xml/features";
    private static final String SPECIFICATIONS = "xml-specs-api";
    private static final String OSGI = "org.apache.camel.karaf.camel-core-osgi";
    /** It has an activator, of which nobody can see what it does. All that this one does can be done twice. */
    private static final String APPUP = """
            version: %s
            up:
              - {from: "[3.22,3.23)", do: [load_bundle]}
            down:
              - {to: "[3.22,3.23)", do: [load_bundle]}
            """;

    private List<String> core = List.of();
    private String specifications = "";

    Camel() {
        super("camel", FIRST, NEXT);
    }

    @Override
    public String name() {
        return "camel";
    }

    @Override
    public boolean stock() {
        return true;
    }

    @Override
    public void prepare(Scene scene) throws Exception {
        Artifacts.fetch(scene.artifacts(), List.of(REPOSITORY));
        KarafFeatures features = KarafFeatures.read(Artifacts.file(scene.artifacts(), REPOSITORY));
        core = features.bundles("camel-core");
        specifications = features.alone(SPECIFICATIONS);
        Artifacts.fetch(
                scene.artifacts(),
                Stream.of(features.bundles(SPECIFICATIONS), core, bundles(FIRST))
                        .flatMap(List::stream)
                        .map(location -> location.substring("mvn:".length()))
                        .distinct()
                        .toList());
        for (String version : List.of(FIRST, NEXT)) {
            scene.file(appup(version), APPUP.formatted(version));
        }
        scene.bundles().application("route");
    }

    @Override
    public void first(Scene scene) throws Exception {
        // Camel's own repository refers to others, which a container without a network can not read.
        scene.run("feature:repo-add "
                + scene.file("specifications.xml", specifications).toUri());
        scene.run("feature:install " + SPECIFICATIONS);
        super.first(scene);
    }

    @Override
    void fill(ReleaseText text, String version) {
        bundles(version).forEach(location -> text.bundle(location, 50));
        text.application("bundles/route-1.0.0.jar").appup(OSGI, appup(version));
    }

    @Override
    void await(Scene scene, String version) throws Exception {
        scene.awaitAnswers(version + " ", "route");
    }

    private List<String> bundles(String version) {
        return core.stream()
                .map(location -> location.replace("/" + NEXT, "/" + version))
                .toList();
    }

    private static String appup(String version) {
        return "core-osgi-" + version + ".yaml";
    }
}
