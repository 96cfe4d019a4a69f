// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.Features;
import io.theseus.release.RefusedException;
import io.theseus.release.StartType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleaseReaderTest {
    static List<Fixture> releases() {
        return Fixture.all("releases.txt");
    }

    static String read(Fixture fixture) {
        String name = fixture.sections().keySet().iterator().next();
        String file = name.substring("file ".length());
        String url = file.contains(":") ? file : "file:/releases/" + file;
        try {
            return show(ReleaseReader.read(url, fixture.section(name).getBytes(StandardCharsets.UTF_8)));
        } catch (RefusedException e) {
            return PlanFixtures.problems(e.problems());
        }
    }

    private static String show(ReleaseDraft draft) {
        StringBuilder text = new StringBuilder(draft.name() + " " + draft.version());
        draft.bundles().forEach(b -> text.append('\n').append(show(b)));
        new TreeMap<>(draft.appups())
                .forEach((name, e) ->
                        text.append("\nappup of ").append(name).append(": ").append(show(e)));
        draft.relup().ifPresent(e -> text.append("\nrelup ").append(show(e)));
        return text.append("\nrequires ").append(draft.requires()).toString();
    }

    private static String show(ReleaseDraft.Entry entry) {
        return entry.location() + " level " + entry.startLevel()
                + entry.role().map(r -> " " + r).orElse("")
                + (entry.type() == StartType.REQUIRED ? "" : " " + entry.type())
                + entry.sha256().map(s -> " " + s.substring(0, 24)).orElse("") + " at " + entry.where();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void readsAsTheFixtureShows(Fixture fixture) {
        assertThat(read(fixture)).isEqualTo(fixture.section("result"));
    }

    @Test
    void aRepositoryIsTheRootFeaturesItHas() {
        assertThat(features("""
                <feature name='shop' version='2.0'><feature>parts</feature><bundle>mvn:a/a/1</bundle></feature>
                <feature name='extras' version='2.0'><feature>scr</feature></feature>
                <feature name='parts' version='1.7'><bundle>mvn:a/b/1</bundle></feature>
                """))
                .contains(new Features("mvn:a/shop/2.0/xml/features", List.of("shop/2.0.0", "extras/2.0.0")));
    }

    @Test
    void aRepositoryThatKarafCouldNotInstallIsNoFeatures() {
        assertThat(features("<feature name='shop' version='2.0.0'><bundle>lib/a.jar</bundle></feature>"))
                .isEmpty();
    }

    @Test
    void aRepositoryInAFileIsNoFeaturesSinceTheFileMayGo() {
        assertThat(features(
                        "file:/deploy/shop.xml",
                        "<feature name='shop' version='2.0.0'><bundle>mvn:a/a/1</bundle></feature>"))
                .isEmpty();
    }

    private static Optional<Features> features(String content) {
        String relative = "http://localhost/releases/shop.xml";
        return features(content.contains("lib/a.jar") ? relative : "mvn:a/shop/2.0/xml/features", content);
    }

    private static Optional<Features> features(String url, String content) {
        String text = "<features name='shop'>" + content + "</features>";
        return ReleaseReader.read(url, text.getBytes(StandardCharsets.UTF_8)).features();
    }

    @Test
    void skipsAByteOrderMark() {
        String text =
                "\uFEFF<features name='shop'><feature name='a' version='1'><bundle>mvn:a/a/1</bundle></feature></features>";

        assertThat(ReleaseReader.read("file:/a.xml", text.getBytes(StandardCharsets.UTF_8))
                        .name())
                .isEqualTo("shop");
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatThrownBy(() -> ReleaseReader.read("file:/a.jar", new byte[] {'P', 'K', 3, 4, (byte) 0xC3, 0}))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("neither a feature repository nor YAML");
    }

    @Test
    void refusesDeepXmlBeforeTheStackIsFull() {
        byte[] deep = "<a>".repeat(100_000).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ReleaseReader.read("file:/a.xml", deep))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("nested more than 50 deep");
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> ReleaseReader.read("file:/a.xml", new byte[0]))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("the file is empty");
    }
}
