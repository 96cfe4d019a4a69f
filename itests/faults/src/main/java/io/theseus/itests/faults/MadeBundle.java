// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A bundle made from sources. Equal bundles have equal bytes. */
final class MadeBundle {
    private final String symbolicName;
    private final String version;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> entries = new TreeMap<>();

    MadeBundle(String symbolicName, String version) {
        this.symbolicName = symbolicName;
        this.version = version;
    }

    /**
     * Adds a DS component.
     *
     * @param attributes of the element {@code component}, beside the name
     * @param children XML inside of it, after the implementation
     */
    MadeBundle component(String className, String java, String attributes, String children) {
        sources.put(className, java);
        return entry("OSGI-INF/" + className + ".xml", """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.5.0" name="%s" %s>
                  <implementation class="%s"/>%s
                </scr:component>
                """.formatted(className, attributes, className, children));
    }

    MadeBundle entry(String path, String text) {
        entries.put(path, text);
        return this;
    }

    /** Writes {@code NAME-VERSION.jar}. */
    Path write(Path folder) {
        Path file = folder.resolve(symbolicName + "-" + version + ".jar");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            put(jar, "META-INF/MANIFEST.MF", "");
            manifest().write(jar);
            for (Map.Entry<String, byte[]> each :
                    InMemoryCompiler.compile(sources).entrySet()) {
                put(jar, each.getKey().replace('.', '/') + ".class", "");
                jar.write(each.getValue());
            }
            for (Map.Entry<String, String> each : entries.entrySet()) {
                put(jar, each.getKey(), each.getValue());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", symbolicName);
        main.putValue("Bundle-Version", version);
        main.putValue("Import-Package", "org.osgi.framework,io.theseus.api;resolution:=optional");
        main.putValue("Service-Component", "OSGI-INF/*.xml");
        return manifest;
    }

    private static void put(JarOutputStream jar, String name, String text) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        jar.putNextEntry(entry);
        jar.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
