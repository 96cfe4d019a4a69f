// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.RefusedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made to hurt a reader: refused, with a place, and without much memory. */
class BadFileTest {
    private static final long MEMORY = 64_000_000;
    private static final int MILLION = 1_000_000;

    static Stream<Arguments> files() {
        String laughs = "a0: &a0 [x, x]\n"
                + IntStream.range(1, 30)
                        .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n")
                        .collect(Collectors.joining());
        return Stream.of(
                        file("aliases that multiply", laughs),
                        file("an alias of itself", "&a [*a]"),
                        file("lists in lists", "[".repeat(100_000)),
                        file("maps in maps", "{a: ".repeat(100_000)),
                        file("blocks in blocks", "- ".repeat(100_000)),
                        file("keys in keys", "? ".repeat(100_000)),
                        file("a digit a million times", "version: " + "9".repeat(MILLION)),
                        file("a number that no version has", "version: 99999999999999999999.0.0\nup: []\n"),
                        file("NUL", "version: 1.0.0\u0000\nup: []\n"),
                        file("a YAML of the far future", "%YAML 99999999999.1\n---\na: b\n"),
                        file("a character beyond Unicode", "a: \"\\UFFFFFFFF\"\n"),
                        file("half a character", "a: \"\\uD800\"\n"),
                        file("a word of a million letters", "x".repeat(MILLION)),
                        file("a key of a hundred thousand letters", "x".repeat(100_000) + ": 1\n"),
                        file("ten thousand words", "- x\n".repeat(10_000)),
                        file("ten thousand lists", "- []\n".repeat(10_000)),
                        file("two million characters", "# ".repeat(MILLION)),
                        file("nothing", ""),
                        file("a byte order mark and nothing", "\uFEFF"),
                        file("elements in elements", "<features>" + "<a>".repeat(100_000)),
                        file("ten thousand elements", "<features>" + "<a/>".repeat(10_000) + "</features>"),
                        file("entities that multiply", """
                                <!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
                                <features>&b;</features>"""),
                        file("a feature named /", """
                                <features name="shop"><feature name="shop" version="1.0.0"><feature>/</feature></feature></features>"""),
                        file("an encoding nobody has", "<?xml version=\"1.0\" encoding=\"x\"?><features/>"),
                        file("NUL in XML", "<features>\u0000</features>"))
                .flatMap(f -> Stream.of(Reading.values()).map(r -> Arguments.of(f.name(), r, f.content())));
    }

    private record File(String name, String content) {}

    private static File file(String name, String content) {
        return new File(name, content);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("files")
    void isRefusedAtLittleCost(String name, Reading reading, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> reading.read(bytes)).isInstanceOf(RefusedException.class);
        assertThat(reading.measured(bytes)).isLessThan(MEMORY);
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    void invalidUtf8IsRefused(Reading reading) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("a: ".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, '\n'});

        assertThatThrownBy(() -> reading.read(bytes.toByteArray())).isInstanceOf(RefusedException.class);
    }

    @Test
    void xmlMayHaveAnotherEncodingIfItSaysSo() {
        String declared = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
        String features = "<features name=\"shop\"><feature name=\"shop\" version=\"1.0.0\"><!-- \u00e4 -->"
                + "<bundle>mvn:a/b/1</bundle></feature></features>";

        assertThat(ReleaseReader.read("file:/r", (declared + features).getBytes(StandardCharsets.ISO_8859_1))
                        .name())
                .isEqualTo("shop");
        assertThatThrownBy(() -> ReleaseReader.read("file:/r", features.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoMistake() {
        String release = "\uFEFFrelease: shop\nversion: 1.0.0\nbundles: [mvn:a/b/1]\n";
        String features = "\uFEFF<features name=\"shop\"><feature name=\"shop\" version=\"1.0.0\">"
                + "<bundle>mvn:a/b/1</bundle></feature></features>";

        for (String text : List.of(release, features)) {
            assertThat(ReleaseReader.read("file:/r", text.getBytes(StandardCharsets.UTF_8))
                            .name())
                    .isEqualTo("shop");
        }
        assertThat(AppupReader.read("a.yaml", "\uFEFFversion: 1.0.0\nup:\n  - {from: 0.9.0, do: [load_bundle]}\n")
                        .version())
                .hasToString("1.0.0");
    }

    @Test
    void ofManyMistakesTheFirstOnesAreTold() {
        String text =
                "version: 1.0.0\nup:\n" + String.join("", Collections.nCopies(5_000, "  - {from: 1.0.0, dooo: x}\n"));

        assertThatThrownBy(() -> AppupReader.read("a.yaml", text)).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.problems()).hasSize(101);
            assertThat(e.problems().get(0).where()).startsWith("a.yaml:3:");
            assertThat(e.problems().get(100).text()).contains("more");
        });
    }

    /** The parser's buffer has 1025 characters of its own accord. */
    @Test
    void aCharacterOfTwoHalvesIsReadWhereverItStands() {
        for (int at = 1000; at < 1050; at++) {
            String head = "version: 1.0.0\n# ";
            String text = head + "x".repeat(at - head.length()) + "\uD83D\uDE00\n";

            assertThat(AppupReader.read("a.yaml", text).version()).hasToString("1.0.0");
        }
    }
}
