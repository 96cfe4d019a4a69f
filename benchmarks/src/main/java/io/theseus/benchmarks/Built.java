// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.itests.Distribution;
import io.theseus.itests.KarafProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build has made, where {@code benchmarks/run} says it is. */
public final class Built {
    private Built() {}

    public static String version() {
        return System.getProperty("theseus.version");
    }

    /** Folders of Maven layout. */
    public static List<Path> repositories() {
        return Stream.of(System.getProperty("theseus.repositories").split(","))
                .map(Path::of)
                .toList();
    }

    /**
     * A container that is not started yet.
     *
     * @param more folders of Maven layout that it finds artifacts in, besides those of the build
     */
    public static KarafProcess container(Path folder, Path... more) {
        return containerOf(archive(), folder, more);
    }

    /** The same of another archive. */
    public static KarafProcess containerOf(Path archive, Path folder, Path... more) {
        List<Path> all = Stream.concat(Stream.of(more), repositories().stream()).toList();
        return KarafProcess.unpack(archive, folder, all);
    }

    /** The distribution, unpacked. */
    public static Distribution distribution(Path folder) {
        return Distribution.unpack(archive(), folder);
    }

    private static Path archive() {
        return Path.of(System.getProperty("theseus.archive"));
    }

    /** Takes Theseus out of a container that is not started yet. */
    public static void leaveOutTheseus(Distribution distribution) throws IOException {
        Path boot = distribution.etc("org.apache.karaf.features.cfg");
        List<String> kept = Files.readAllLines(boot).stream()
                .filter(line -> !line.strip().startsWith("theseus/"))
                .toList();
        Files.write(boot, kept);
    }

    /** The API does nothing by itself; applications implement interfaces of it. */
    public static void installOnlyApi(KarafProcess karaf) {
        karaf.run("bundle:install -s mvn:io.theseus/api/" + version());
    }

    /** The URL of the features of the sample shop. */
    public static String shop(String version) {
        return "mvn:io.theseus.samples/shop-features/" + version + "/xml/features";
    }
}
