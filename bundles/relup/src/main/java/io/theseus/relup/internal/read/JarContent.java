// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What is in a jar, but for times. Thread safety: stateless. */
public final class JarContent {
    /** When bnd made a bundle, in milliseconds. */
    private static final Attributes.Name MADE = new Attributes.Name("Bnd-LastModified");

    private JarContent() {}

    public static String digest(InputStream jar) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        ZipInputStream zip = new ZipInputStream(jar);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                String name = entry.getName();
                entries.put(name, name.equals("META-INF/MANIFEST.MF") ? manifest(zip) : digested(zip));
            }
        }
        MessageDigest all = sha256();
        entries.forEach((name, content) -> {
            all.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            all.update(content);
        });
        return HexFormat.of().formatHex(all.digest());
    }

    private static byte[] manifest(InputStream entry) throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(entry.readAllBytes()));
        manifest.getMainAttributes().remove(MADE);
        Map<String, Map<String, String>> sections = new TreeMap<>();
        sections.put("", sorted(manifest.getMainAttributes()));
        manifest.getEntries().forEach((name, attributes) -> sections.put("/" + name, sorted(attributes)));
        return digested(new ByteArrayInputStream(sections.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, String> sorted(Attributes attributes) {
        Map<String, String> sorted = new TreeMap<>();
        attributes.forEach((name, value) -> sorted.put(name.toString(), value.toString()));
        return sorted;
    }

    private static byte[] digested(InputStream content) throws IOException {
        DigestInputStream in = new DigestInputStream(content, sha256());
        byte[] buffer = new byte[8192];
        while (in.read(buffer) >= 0) {
            // only digested
        }
        return in.getMessageDigest().digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
