// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.made;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

/** A bundle made in memory. Every method that adds something answers another one. Equal bundles have equal bytes. Thread safety: immutable. */
public final class MadeBundle {
    private static final String IMPORTS = "org.osgi.framework,io.theseus.api;resolution:=optional,"
            + "org.osgi.service.cm;resolution:=optional,org.osgi.service.component;resolution:=optional";

    private final Map<String, String> headers;
    private final Map<String, String> sources;
    private final Map<String, String> others;
    private final Map<String, byte[]> entries;

    private MadeBundle(
            Map<String, String> headers,
            Map<String, String> sources,
            Map<String, String> others,
            Map<String, byte[]> entries) {
        this.headers = headers;
        this.sources = sources;
        this.others = others;
        this.entries = entries;
    }

    public static MadeBundle of(String symbolicName, String version) {
        return new MadeBundle(Map.of(), Map.of(), Map.of(), Map.of())
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", symbolicName)
                .header("Bundle-Version", version)
                .header("Import-Package", IMPORTS);
    }

    public MadeBundle header(String name, String value) {
        return new MadeBundle(plus(headers, name, value), sources, others, entries);
    }

    public MadeBundle entry(String path, String text) {
        return entry(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param content not copied */
    public MadeBundle entry(String path, byte[] content) {
        return new MadeBundle(headers, sources, others, plus(entries, path, content));
    }

    /** Adds a class, compiled when the bundle is built. */
    public MadeBundle source(String className, String java) {
        return new MadeBundle(headers, plus(sources, className, java), others, entries);
    }

    /** Has a class of another bundle for its own to be compiled against; it is not part of this one. */
    public MadeBundle against(String className, String java) {
        return new MadeBundle(headers, sources, plus(others, className, java), entries);
    }

    public MadeBundle activator(String className, String java) {
        return source(className, java).header("Bundle-Activator", className);
    }

    /**
     * Adds a DS component.
     *
     * @param attributes of the element {@code component}, beside the name
     * @param children XML inside of it, after the implementation
     */
    public MadeBundle component(String className, String attributes, String children) {
        String path = "OSGI-INF/" + className + ".xml";
        String xml = """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.5.0" name="%s" %s>
                  <implementation class="%s"/>%s
                </scr:component>
                """.formatted(className, attributes, className, children);
        String before = headers.get("Service-Component");
        return entry(path, xml).header("Service-Component", before == null ? path : before + "," + path);
    }

    public static String provide(Class<?> type) {
        return "<service><provide interface=\"" + type.getName() + "\"/></service>";
    }

    public byte[] bytes() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            manifest.write(head);
            put(jar, "META-INF/MANIFEST.MF", head.toByteArray());
            Map<String, String> together = new LinkedHashMap<>(others);
            together.putAll(sources);
            for (var each : new TreeMap<>(InMemoryCompiler.compile(together)).entrySet()) {
                if (!others.containsKey(each.getKey())) {
                    put(jar, each.getKey().replace('.', '/') + ".class", each.getValue());
                }
            }
            for (var each : new TreeMap<>(entries).entrySet()) {
                put(jar, each.getKey(), each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes {@code NAME-VERSION.jar}. */
    public Path write(Path folder) {
        String name = headers.get("Bundle-SymbolicName") + "-" + headers.get("Bundle-Version") + ".jar";
        try {
            return Files.write(folder.resolve(name), bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }

    private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
        Map<String, V> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }
}
