// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Path;

/** Bundles of the packages below {@code io.theseus.benchmarks.bundles}: one of each, in as many versions as are wanted. */
final class Bundles {
    private static final String PACKAGES = "io.theseus.benchmarks.bundles.";

    private final Path folder;

    /** @param folder where they are written */
    Bundles(Path folder) {
        this.folder = folder;
    }

    /** Symbolic name of the bundle that has this package. */
    static String symbolicName(String name) {
        return "io.theseus.ways." + name;
    }

    Path application(String name) throws Exception {
        return make(name, "1.0.0", "Private-Package", "1.0.0");
    }

    /** Another build of it, in {@code name-build.jar}. */
    Path application(String name, String build) throws Exception {
        return make(name, "1.0.0", "Private-Package", build);
    }

    Path library(String name, String version) throws Exception {
        return library(name, version, version);
    }

    /** A build of it, in {@code name-build.jar}. */
    Path library(String name, String version, String build) throws Exception {
        return make(name, version, "Export-Package", build);
    }

    /** @param build what it says that it is */
    private Path make(String name, String version, String header, String build) throws Exception {
        Path path = folder.resolve(name + "-" + build + ".jar");
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(symbolicName(name));
            builder.setBundleVersion(version);
            builder.setProperty(header, PACKAGES + name + (header.startsWith("Export") ? ";version=" + version : ""));
            // A library does not import what it exports: who is asked for the version must be the one that was asked.
            // What they use of Jackson is older than the version that this module has.
            builder.setProperty(
                    "Import-Package",
                    "!org.jspecify.annotations,!" + PACKAGES + name
                            + ",com.fasterxml.jackson.*;version=\"[2.17,3)\",*");
            builder.setProperty(
                    "-includeresource", (PACKAGES + name).replace('.', '/') + "/version;literal=\"" + build + "\"");
            builder.setProperty("-dsannotations-options", "norequirements");
            builder.setProperty("-noimportjava", "true");
            builder.setProperty("-noextraheaders", "true");
            builder.setProperty("-reproducible", "true");
            for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
                builder.addClasspath(new File(element));
            }
            Jar jar = builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new IllegalStateException(name + ": " + builder.getErrors());
            }
            jar.write(path.toFile());
        }
        return path;
    }
}
