// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Content.FeatureRepository;
import io.theseus.deployer.internal.Content.Foreign;
import io.theseus.deployer.internal.Content.Jar;
import io.theseus.deployer.internal.Content.Kar;
import io.theseus.deployer.internal.Content.ReleaseYaml;
import io.theseus.deployer.internal.Content.Unreadable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.osgi.framework.Version;

/** Tells what a file is, from its name, its manifest, its root element or its first keys: cheap enough for the watcher's thread. */
final class Contents {
    /** The processing instruction before the root element of a feature repository that is a release. Karaf does not see it. */
    static final String MARK = "theseus-release";

    private static final String APPUP = "OSGI-INF/appup.yaml";
    private static final String NAMESPACE = "http://karaf.apache.org/xmlns/features/";
    private static final int HEAD = 1_000_000;
    // Either key will do: a file with a slip in the other one gets an answer too.
    private static final Pattern RELEASE = Pattern.compile("(?m)^(\\{[ \\t]*)?[\"']?(release|bundles)[\"']?[ \\t]*:");

    private Contents() {}

    static Content of(Path file) {
        if (Files.isDirectory(file)) {
            return new Unreadable("is a folder; drop the application as a jar");
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                return yaml(file);
            } else if (name.endsWith(".xml")) {
                return xml(file);
            } else if (name.endsWith(".jar") || name.endsWith(".war")) {
                return jar(file);
            } else if (name.endsWith(".kar")) {
                return kar(file);
            }
            return new Foreign();
        } catch (IOException | IllegalArgumentException e) {
            return new Unreadable("can not be read: " + e.getMessage());
        } catch (XMLStreamException e) {
            return new Unreadable("is no XML: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    private static Content yaml(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            if (head.isBlank()) {
                return new Unreadable("is empty");
            }
            String text = head.charAt(0) == '\uFEFF' ? head.substring(1) : head;
            return RELEASE.matcher(text).find() ? new ReleaseYaml(text.endsWith("\n")) : new Foreign();
        }
    }

    private static Content xml(Path file) throws IOException, XMLStreamException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return xml(in);
        }
    }

    private static Content xml(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        boolean marked = false;
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
            marked |= reader.getEventType() == XMLStreamConstants.PROCESSING_INSTRUCTION
                    && MARK.equals(reader.getPITarget());
        }
        boolean features = reader.getLocalName().equals("features")
                && Optional.ofNullable(reader.getNamespaceURI()).orElse("").startsWith(NAMESPACE);
        String name =
                Optional.ofNullable(reader.getAttributeValue(null, "name")).orElse("");
        return features ? new FeatureRepository(name.strip(), marked) : new Foreign();
    }

    private static Content kar(Path file) throws IOException {
        try (ZipFile kar = new ZipFile(file.toFile())) {
            Map<String, FeatureRepository> repositories = new TreeMap<>();
            boolean resources = false;
            for (ZipEntry entry : Collections.list(kar.entries())) {
                String name = entry.getName();
                resources |= name.startsWith("resource/") && !entry.isDirectory();
                if (name.startsWith(Karred.REPOSITORY) && name.endsWith(".xml")) {
                    repository(kar, entry).ifPresent(found -> repositories.put(name, found));
                }
            }
            return new Kar(repositories, resources);
        }
    }

    private static Optional<FeatureRepository> repository(ZipFile kar, ZipEntry entry) throws IOException {
        try (InputStream in = kar.getInputStream(entry)) {
            return xml(in) instanceof FeatureRepository found ? Optional.of(found) : Optional.empty();
        } catch (XMLStreamException e) {
            // Karaf leaves it out too.
            return Optional.empty();
        }
    }

    private static Content jar(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String name = main.getValue("Bundle-SymbolicName");
            if (name == null) {
                return new Foreign();
            }
            String version =
                    Optional.ofNullable(main.getValue("Bundle-Version")).orElse("0.0.0");
            return new Jar(
                    name.split(";", 2)[0].strip(), Version.parseVersion(version.strip()), jar.getEntry(APPUP) != null);
        }
    }
}
