// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are damaged or made to do damage, on their way into the store: real jars and files, read as in a container. */
class ArchiveTest {
    @TempDir
    Path folder;

    private World world;
    private Requests handler;
    private Map<String, String> before = Map.of();

    @BeforeEach
    void open() throws IOException {
        world = new World(folder);
        world.handler.close();
        handler = new Requests(
                new Ports(
                        world.code,
                        world.switchboard,
                        world.belongings,
                        world.components,
                        world.configurations,
                        world.restart,
                        world.nodes,
                        Optional.empty()),
                new RelupDeciding(),
                world.disk,
                Clock.systemUTC(),
                folder.resolve("releases"));
        handler.unpack(release("1.0.0", "good", jar("Bundle-SymbolicName: ledger\n", "a/A.class")));
        before = world.store();
    }

    @AfterEach
    void close() {
        handler.close();
    }

    @Test
    void aTruncatedOneIsRefused() throws IOException {
        byte[] jar = jar("Bundle-SymbolicName: pricing\n", "a/A.class", "a/B.class");

        assertRefused(Arrays.copyOf(jar, jar.length - 30), "bad-bundle", "its end is missing");
        assertRefused(Arrays.copyOf(jar, jar.length / 2), "bad-bundle", "can not be read as a jar");
        assertRefused(new byte[0], "bad-bundle", "it is no jar");
    }

    @Test
    void oneWithAPathThatLeadsOutIsRefused() throws IOException {
        assertRefused(
                jar("Bundle-SymbolicName: pricing\n", "../../etc/users.properties"),
                "bad-bundle",
                "its entry ../../etc/users.properties leads out");
    }

    @Test
    void oneWithADuplicateEntryIsRefused() throws IOException {
        String text = new String(
                jar("Bundle-SymbolicName: pricing\n", "a/A.class", "a/B.class"), StandardCharsets.ISO_8859_1);

        assertRefused(
                text.replace("a/B.class", "a/A.class").getBytes(StandardCharsets.ISO_8859_1),
                "bad-bundle",
                "two entries a/A.class");
    }

    @Test
    void oneThatUnpacksWithoutEndIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.setLevel(1);
            jar.putNextEntry(new ZipEntry("bomb.bin"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i <= 1024; i++) {
                jar.write(zeros);
            }
        }

        assertRefused(bytes.toByteArray(), "bad-bundle", "unpacks to more than 1024 MB");
    }

    @Test
    void anotherOneThanTheReleaseSaysIsRefused() throws IOException {
        Files.write(folder.resolve("x.jar"), jar("Bundle-SymbolicName: pricing\n"));

        assertRefused(
                file("release: shop\nversion: 2.0.0\nbundles:\n  - location: x.jar\n    sha256: " + "0".repeat(64)
                        + "\n"),
                "wrong-digest",
                "2.0.0.yaml:4:",
                "the release says 000");
    }

    @Test
    void aBadReleaseFileIsRefusedWithItsLine() throws IOException {
        assertRefused(
                file("release: shop\nversion: 2.0.0\nbundels: []\n"), "bad-release-file", "2.0.0.yaml:3:", "bundels");
    }

    @Test
    void aBadAppupIsRefusedWithItsLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            entry(
                    jar,
                    "META-INF/MANIFEST.MF",
                    "Manifest-Version: 1.0\nBundle-SymbolicName: pricing\nBundle-Version: 2.0.0\n");
            entry(jar, "OSGI-INF/appup.yaml", "version: 2.0.0\nup:\n  - from: 1.0.0\n    do: [load_bundel]\n");
        }

        assertRefused(release("2.0.0", "x", bytes.toByteArray()), "bad-appup", "OSGI-INF/appup.yaml:4:", "load_bundel");
    }

    private void assertRefused(byte[] jar, String code, String... parts) throws IOException {
        String[] all = Arrays.copyOf(parts, parts.length + 1);
        all[parts.length] = "x.jar";
        assertRefused(release("2.0.0", "x", jar), code, all);
    }

    private void assertRefused(URI source, String code, String... parts) {
        RefusedException e = catchThrowableOfType(RefusedException.class, () -> handler.unpack(source));

        assertThat(e.problems()).extracting(Problem::code).containsExactly(code);
        assertThat(e.problems().get(0).toString()).contains(parts);
        assertThat(world.store()).isEqualTo(before);
        assertThat(folder.resolve("releases/.unpacking")).doesNotExist();
        assertThat(folder.getParent().resolve("etc")).doesNotExist();
    }

    private URI release(String version, String name, byte[] jar) throws IOException {
        Files.write(folder.resolve(name + ".jar"), jar);
        return Files.writeString(
                        folder.resolve(version + ".yaml"),
                        "release: shop\nversion: " + version + "\nbundles:\n  - location: " + name + ".jar\n")
                .toUri();
    }

    private URI file(String content) throws IOException {
        return Files.writeString(folder.resolve("2.0.0.yaml"), content).toUri();
    }

    private static byte[] jar(String headers, String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            entry(jar, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + headers);
            for (String name : names) {
                entry(jar, name, "x");
            }
        }
        return bytes.toByteArray();
    }

    private static void entry(JarOutputStream jar, String name, String content) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(content.getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
    }
}
