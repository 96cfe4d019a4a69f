// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

class BundleFactsReaderTest {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String MINIMAL = "Bundle-SymbolicName: a\n";

    private static byte[] jar(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bundle(String headers, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of(MANIFEST, "Manifest-Version: 1.0\n" + headers));
        all.addAll(List.of(more));
        return jar(all.toArray(String[]::new));
    }

    private static BundleFacts read(byte[] jar) {
        return BundleFactsReader.read("mvn:a/a/1", new ByteArrayInputStream(jar));
    }

    private static void assertRefused(byte[] jar, String message) {
        assertThatThrownBy(() -> read(jar))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problems())
                                .allSatisfy(p -> assertThat(p.code()).isEqualTo("bad-bundle")))
                .hasMessageContaining("mvn:a/a/1")
                .hasMessageContaining(message);
    }

    @Test
    void readsTheManifest() throws IOException {
        BundleFacts facts = read(bundle("""
                Bundle-SymbolicName: io.acme.ledger ; x=y; singleton:=true
                Bundle-Version: 1.2.3.q
                Bundle-Activator: a.B
                Fragment-Host: host
                Web-ContextPath: /x
                Export-Package: a.b;a.c;version="[1,2)";uses:="x.y,z.w",a.d
                """, BundleFacts.APPUP, "version: 1.2.3"));

        assertThat(facts.symbolicName()).isEqualTo("io.acme.ledger");
        assertThat(facts.version()).isEqualTo(Version.parseVersion("1.2.3.q"));
        assertThat(facts.singleton()).isTrue();
        assertThat(facts.activator()).isTrue();
        assertThat(facts.fragment()).isTrue();
        assertThat(facts.webApplication()).isTrue();
        assertThat(facts.exports()).containsExactlyInAnyOrder("a.b", "a.c", "a.d");
        assertThat(facts.appup()).contains("version: 1.2.3");
    }

    @Test
    void aBareBundleHasNothing() throws IOException {
        BundleFacts facts = read(bundle(MINIMAL));

        assertThat(facts)
                .isEqualTo(new BundleFacts(
                        "a",
                        Version.emptyVersion,
                        false,
                        false,
                        false,
                        false,
                        false,
                        java.util.Set.of(),
                        List.of(),
                        java.util.Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "'Bundle-Blueprint: x.xml', other.txt",
        "'X: y', OSGI-INF/blueprint/beans.xml",
    })
    void seesBlueprint(String header, String entry) throws IOException {
        assertThat(read(bundle(MINIMAL + header + "\n", entry, "<x/>")).blueprint())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.5.0"})
    void readsComponentsOfAllNamespaces(String version) throws IOException {
        BundleFacts facts =
                read(bundle(MINIMAL + "Service-Component: OSGI-INF/a.xml\n", "OSGI-INF/a.xml", """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v%s" name="ledger" enabled="false" immediate="true">
                  <service scope="bundle"><provide interface="a.Ledger"/><provide interface="a.More"/></service>
                  <implementation class="a.Accounts"/>
                </scr:component>
                """.formatted(version)));

        assertThat(facts.components())
                .containsExactly(
                        new BundleFacts.Component("ledger", "a.Accounts", true, false, List.of("a.Ledger", "a.More")));
    }

    @Test
    void readsWhatAComponentNeeds() throws IOException {
        BundleFacts facts = read(bundle(MINIMAL + "Service-Component: OSGI-INF/a.xml\n", "OSGI-INF/a.xml", """
                <component name="c">
                  <reference interface="a.One"/>
                  <reference interface="a.Some" cardinality="1..n" policy="dynamic"/>
                  <reference interface="a.Perhaps" cardinality="0..1"/>
                  <reference interface="a.Any" cardinality="0..n"/>
                  <implementation class="a.C"/>
                </component>
                """));

        assertThat(facts.components())
                .singleElement()
                .satisfies(c -> assertThat(c.needs()).containsExactlyInAnyOrder("a.One", "a.Some"));
    }

    @Test
    void readsTheNamesOfProperties() throws IOException {
        BundleFacts facts = read(bundle(MINIMAL + "Service-Component: OSGI-INF/a.xml\n", "OSGI-INF/a.xml", """
                <component name="c">
                  <property name="osgi.command.scope" value="health"/>
                  <property name="osgi.command.function" type="String">exec
                list</property>
                  <implementation class="a.C"/>
                </component>
                """));

        assertThat(facts.components().get(0).properties())
                .containsExactlyInAnyOrder("osgi.command.scope", "osgi.command.function");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "'', '<service><provide interface=\"x\"/></service>', false",
        "'factory=\"f\"', '', false",
        "'immediate=\"false\"', '', false",
        "'immediate=\"true\"', '<service><provide interface=\"x\"/></service>', true",
    })
    void immediateIsWhatSaysSoOrHasNoService(String attribute, String service, boolean immediate) throws IOException {
        BundleFacts facts = read(bundle(
                MINIMAL + "Service-Component: c.xml\n",
                "c.xml",
                "<component " + attribute + "><implementation class=\"a.B\"/>" + service + "</component>"));

        assertThat(facts.components()).singleElement().satisfies(c -> {
            assertThat(c.immediate()).isEqualTo(immediate);
            assertThat(c.name()).isEqualTo("a.B");
            assertThat(c.enabled()).isTrue();
        });
    }

    @Test
    void wildcardsMatchInTheLastSegmentAndSeveralComponentsMayShareAFile() throws IOException {
        BundleFacts facts = read(bundle(
                MINIMAL + "Service-Component: OSGI-INF/c*.xml, missing.xml, OSGI-INF/c1.xml\n",
                "OSGI-INF/c1.xml",
                "<components><component name='one'/><x><component name='two'/></x></components>",
                "OSGI-INF/c2.xml",
                "<component name='three'/>",
                "OSGI-INF/d.xml",
                "<component name='not meant'/>",
                "OSGI-INF/sub/c.xml",
                "<component name='too deep'/>"));

        assertThat(facts.components()).extracting(BundleFacts.Component::name).containsExactly("one", "two", "three");
    }

    @Test
    void theManifestMayStandLast() throws IOException {
        byte[] jar = jar(
                "c.xml",
                "<component name='one'/>",
                "a/B.class",
                "x".repeat(100_000),
                MANIFEST,
                "Manifest-Version: 1.0\nBundle-SymbolicName: a\nService-Component: c.xml\n");

        assertThat(read(jar).components()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'Bundle-Name: a', no Bundle-SymbolicName",
        "'Bundle-SymbolicName: ', no Bundle-SymbolicName",
        "'Bundle-SymbolicName: ;x=y', no Bundle-SymbolicName",
        "'Bundle-SymbolicName: a\nBundle-Version: 1.x', '''1.x'' is no version'",
        "'no header at all', manifest can not be read",
    })
    void refusesBadManifests(String headers, String message) throws IOException {
        assertRefused(bundle(headers + "\n"), message);
    }

    @Test
    void refusesAJarWithoutManifest() throws IOException {
        assertRefused(jar("a.txt", "a"), "no META-INF/MANIFEST.MF");
    }

    @Test
    void refusesBadComponentsWithTheirPlace() throws IOException {
        assertRefused(
                bundle(MINIMAL + "Service-Component: c.xml\n", "c.xml", "<component>\n<oops>\n</component>"),
                "mvn:a/a/1!/c.xml:3:");
    }

    @Test
    void followsNoEntityOutOfTheFile() throws IOException {
        assertRefused(
                bundle(
                        MINIMAL + "Service-Component: c.xml\n",
                        "c.xml",
                        "<!DOCTYPE c [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<component name='&x;'/>"),
                "a DOCTYPE is not allowed");
    }

    @Test
    void refusesWhatIsNoJar() {
        assertRefused("hello".getBytes(StandardCharsets.UTF_8), "it is no jar");
        assertRefused(new byte[0], "it is no jar");
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        byte[] jar = bundle(MINIMAL, "a.txt", "some text", "OSGI-INF/x.xml", "<x/>");

        for (int length = 0; length < jar.length; length++) {
            byte[] cut = Arrays.copyOf(jar, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void acceptsACommentAtTheEnd() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setComment("built by hand");
            zip.putNextEntry(new ZipEntry(MANIFEST));
            zip.write("Manifest-Version: 1.0\nBundle-SymbolicName: a\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(read(bytes.toByteArray()).symbolicName()).isEqualTo("a");
    }

    @Test
    void refusesTwoEntriesOfOneName() throws IOException {
        byte[] jar = bundle(MINIMAL, "OSGI-INF/a.xml", "<x/>", "OSGI-INF/b.xml", "<y/>");
        String text = new String(jar, StandardCharsets.ISO_8859_1).replace("OSGI-INF/b.xml", "OSGI-INF/a.xml");

        assertRefused(text.getBytes(StandardCharsets.ISO_8859_1), "two entries OSGI-INF/a.xml");
    }

    @Test
    void refusesTwoEntriesOfOneNameThatItDoesNotRead() throws IOException {
        byte[] jar = bundle(MINIMAL, "a/A.class", "1", "a/B.class", "2");
        String text = new String(jar, StandardCharsets.ISO_8859_1).replace("a/B.class", "a/A.class");

        assertRefused(text.getBytes(StandardCharsets.ISO_8859_1), "two entries a/A.class");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../etc/passwd", "a/../../b", "a/..", "/etc/passwd", "..\\b", "a\\..\\b", "\\b", "C:/b", ".."})
    void refusesNamesThatLeadOut(String name) throws IOException {
        assertRefused(bundle(MINIMAL, name, "x"), "its entry " + name + " leads out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b/c", "...", "..a/b", "a/b..", "a/./b"})
    void acceptsDotsInNames(String name) throws IOException {
        assertThat(read(bundle(MINIMAL, name, "x")).symbolicName()).isEqualTo("a");
    }

    @Test
    void refusesDescriptionsThatAreTooBigAndForgetsOtherXml() throws IOException {
        String big = " ".repeat((1 << 20) + 1);

        assertRefused(bundle(MINIMAL, "OSGI-INF/a.xml", big), "OSGI-INF/a.xml is bigger than");
        assertRefused(jar(MANIFEST, big), MANIFEST + " is bigger than");
        assertThat(read(bundle(MINIMAL, "data/a.xml", big)).symbolicName()).isEqualTo("a");
    }

    @Test
    void refusesAZipBomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(1);
            zip.putNextEntry(new ZipEntry("bomb.bin"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i <= 1024; i++) {
                zip.write(zeros);
            }
        }

        assertRefused(bytes.toByteArray(), "unpacks to more than 1024 MB");
    }

    @Test
    void readsToTheEndAndLeavesTheStreamOpen() throws IOException {
        byte[] jar = bundle(MINIMAL);
        boolean[] closed = new boolean[1];
        InputStream stream = new FilterInputStream(new ByteArrayInputStream(jar)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        BundleFactsReader.read("a", stream);

        assertThat(stream.read()).isEqualTo(-1);
        assertThat(closed[0]).isFalse();
    }

    @Test
    void saysWhatTheStreamThrew() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatThrownBy(() -> BundleFactsReader.read("http://x", broken))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("http://x: it can not be read as a jar: connection reset");
    }

    @Test
    void refusesNamesThatAreNoText() throws IOException {
        byte[] jar = bundle(MINIMAL, "OSGI-INF/a.xml", "<x/>");
        String text = new String(jar, StandardCharsets.ISO_8859_1).replace("OSGI-INF/a.xml", "OSGI-INF/\u00ff.xml");

        assertRefused(text.getBytes(StandardCharsets.ISO_8859_1), "mvn:a/a/1");
    }
}
