// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Artifacts that nobody here wrote, fetched by Maven as {@code settings.xml} says. */
final class Artifacts {
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies";
    private static final String DEPENDENCY = """
            <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version><type>%s</type>%s
              <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>
            """;
    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>io.theseus.ways</groupId><artifactId>artifacts</artifactId><version>1</version><packaging>pom</packaging>
              <dependencies>%s</dependencies>
            </project>
            """;

    private Artifacts() {}

    /**
     * Copies them into a folder of Maven layout, without what they depend on.
     *
     * @param coordinates {@code group/artifact/version[/type[/classifier]]}
     */
    static void fetch(Path folder, Collection<String> coordinates) throws IOException, InterruptedException {
        // Maven takes one version of an artifact at a time.
        Map<String, String> round = new LinkedHashMap<>();
        for (String each : coordinates) {
            String[] parts = each.split("/");
            if (round.containsKey(parts[0] + "/" + parts[1])) {
                copy(folder, round.values());
                round.clear();
            }
            round.put(
                    parts[0] + "/" + parts[1],
                    DEPENDENCY.formatted(
                            parts[0],
                            parts[1],
                            parts[2],
                            parts.length > 3 ? parts[3] : "jar",
                            parts.length > 4 ? "<classifier>" + parts[4] + "</classifier>" : ""));
        }
        copy(folder, round.values());
    }

    /** Where {@link #fetch} put one. */
    static Path file(Path folder, String coordinate) {
        String[] parts = coordinate.split("/");
        return folder.resolve(parts[0].replace('.', '/'))
                .resolve(parts[1])
                .resolve(parts[2])
                .resolve(parts[1] + "-" + parts[2] + (parts.length > 4 ? "-" + parts[4] : "") + "."
                        + (parts.length > 3 ? parts[3] : "jar"));
    }

    private static void copy(Path folder, Collection<String> dependencies) throws IOException, InterruptedException {
        if (dependencies.isEmpty()) {
            return;
        }
        Path pom = Files.writeString(
                Files.createDirectories(folder).resolve("pom.xml"), POM.formatted(String.join("", dependencies)));
        List<String> command = Arrays.asList(
                "mvn",
                "-B",
                "-ntp",
                "-q",
                "-f",
                pom.toString(),
                COPY,
                "-Dmdep.useRepositoryLayout=true",
                "-DoutputDirectory=" + folder);
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IOException("Maven could not fetch what " + pom + " names");
        }
    }
}
