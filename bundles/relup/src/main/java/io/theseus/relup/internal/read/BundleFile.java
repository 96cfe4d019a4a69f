// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.relup.BundleFacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/** A bundle file: its manifest and what the manifest points to. */
public final class BundleFile {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final String location;
    private final Map<String, byte[]> entries;
    private final Attributes manifest;

    private BundleFile(String location, Map<String, byte[]> entries) {
        this.location = location;
        this.entries = entries;
        this.manifest = manifest();
    }

    public static BundleFacts read(String location, InputStream jar) {
        return new BundleFile(location, Jar.read(location, jar)).facts();
    }

    private BundleFacts facts() {
        Header.Clause name = header("Bundle-SymbolicName").stream()
                .findFirst()
                .filter(c -> !c.paths().isEmpty())
                .orElseThrow(() -> refused(
                        "its manifest has no Bundle-SymbolicName, so it is no bundle",
                        "build it with a bundle plugin, or put wrap: before its URL"));
        return new BundleFacts(
                name.paths().get(0),
                version(),
                has("Fragment-Host"),
                name.parameters().contains("singleton:=true"),
                has("Bundle-Activator"),
                has("Web-ContextPath"),
                has("Bundle-Blueprint")
                        || entries.keySet().stream().anyMatch(e -> e.matches("OSGI-INF/blueprint/[^/]+\\.xml")),
                exports(),
                components(),
                Optional.ofNullable(entries.get(BundleFacts.APPUP)).map(b -> new String(b, StandardCharsets.UTF_8)));
    }

    private Attributes manifest() {
        byte[] content = entries.get(MANIFEST);
        if (content == null) {
            throw refused("it has no " + MANIFEST + ", so it is no bundle", "");
        }
        try {
            return new Manifest(new ByteArrayInputStream(content)).getMainAttributes();
        } catch (IOException e) {
            throw refused("its manifest can not be read: " + e.getMessage(), "build it again");
        }
    }

    private Version version() {
        String text = Optional.ofNullable(manifest.getValue("Bundle-Version")).orElse("");
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException e) {
            throw refused("its Bundle-Version '" + text + "' is no version", "as 1.2.0 or 1.2.0.qualifier");
        }
    }

    private Set<String> exports() {
        return header("Export-Package").stream()
                .flatMap(c -> c.paths().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<BundleFacts.Component> components() {
        Set<String> files = new LinkedHashSet<>();
        for (Header.Clause clause : header("Service-Component")) {
            clause.paths().forEach(path -> files.addAll(matching(path)));
        }
        List<BundleFacts.Component> components = new ArrayList<>();
        Problems problems = new Problems("bad-bundle");
        for (String file : files) {
            byte[] content = entries.getOrDefault(file, new byte[0]);
            components.addAll(ComponentFile.read(location + "!/" + file, content, problems));
        }
        return components;
    }

    /** Only the last segment of a path may hold wildcards. SCR skips what is not there, and so do we. */
    private List<String> matching(String path) {
        int slash = path.lastIndexOf('/') + 1;
        String pattern = path.substring(slash)
                .chars()
                .mapToObj(c -> c == '*' ? "[^/]*" : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining("", Pattern.quote(path.substring(0, slash)), ""));
        return entries.keySet().stream()
                .filter(e -> e.matches(pattern))
                .sorted()
                .toList();
    }

    private List<Header.Clause> header(String name) {
        return Optional.ofNullable(manifest.getValue(name)).map(Header::clauses).orElse(List.of());
    }

    private boolean has(String name) {
        return manifest.getValue(name) != null;
    }

    private RefusedException refused(String text, String hint) {
        return new RefusedException(new Problem("bad-bundle", location, text, hint));
    }
}
