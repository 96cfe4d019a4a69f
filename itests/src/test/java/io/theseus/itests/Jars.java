// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Files to drop. */
final class Jars {
    private Jars() {}

    /**
     * An application that does nothing.
     *
     * @param headers further ones, name and value by turns
     */
    static byte[] application(String name, String version, String... headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        for (int i = 0; i < headers.length; i += 2) {
            main.putValue(headers[i], headers[i + 1]);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new ZipEntry("OSGI-INF/appup.yaml"));
            jar.write("version: %s%n".formatted(version).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** A Karaf archive with a Maven repository in it. */
    static byte[] kar(Map<String, byte[]> repository) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream kar = new JarOutputStream(bytes, new Manifest())) {
            for (Map.Entry<String, byte[]> entry : repository.entrySet()) {
                kar.putNextEntry(new ZipEntry("repository/" + entry.getKey()));
                kar.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
