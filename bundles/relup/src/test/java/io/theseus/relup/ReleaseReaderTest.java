// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.Features;
import io.theseus.release.RefusedException;
import io.theseus.release.StartType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
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
        return text.append("\nrequires ").append(draft.features().includes()).toString();
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
                .isEqualTo(new Features(
                        "mvn:a/shop/2.0/xml/features",
                        List.of("shop/2.0.0", "extras/2.0.0"),
                        List.of("scr"),
                        List.of()));
    }

    @Test
    void aRepositoryThatKarafCouldNotInstallIsWrittenAnew() {
        assertThat(features("""
                <repository>mvn:a/parts/1/xml/features</repository>
                <feature name='shop' version='2.0.0'><feature version='1'>parts</feature><bundle>lib/a.jar</bundle></feature>
                """))
                .isEqualTo(new Features(
                        "", List.of("shop/2.0.0"), List.of("parts/1"), List.of("mvn:a/parts/1/xml/features")));
    }

    @Test
    void aRepositoryInAFileIsWrittenAnewSinceTheFileMayGo() {
        assertThat(features(
                        "file:/deploy/shop.xml",
                        "<feature name='shop' version='2.0.0'><bundle>mvn:a/a/1</bundle></feature>"))
                .isEqualTo(new Features("", List.of("shop/2.0.0")));
    }

    @Test
    void aRepositoryOfWhatKarafWouldWrapAgainIsWrittenAnew() {
        String location = "wrap:mvn:a/a/1$Bundle-SymbolicName=a";

        assertThat(features("<feature name='shop' version='2.0.0'><bundle>" + location + "</bundle></feature>"))
                .isEqualTo(new Features("", List.of("shop/2.0.0")));
    }

    @Test
    void chosenFeaturesComeWithThoseTheyIncludeAndOneAloneGivesTheName() {
        ReleaseDraft draft = chosen(List.of("shop"));

        assertThat(draft.name()).isEqualTo("shop");
        assertThat(draft.version()).hasToString("2.0.0");
        assertThat(draft.bundles())
                .extracting(ReleaseDraft.Entry::location)
                .containsExactly("mvn:a/shop/2", "mvn:a/parts/1");
        assertThat(draft.features().roots()).containsExactly("shop/2.0.0");
    }

    @Test
    void severalChosenFeaturesAreNamedAsTheRepository() {
        ReleaseDraft draft = chosen(List.of("shop/2.0.0", "parts"));

        assertThat(draft.name()).isEqualTo("acme");
        assertThat(draft.features().roots()).containsExactly("shop/2.0.0");
    }

    @Test
    void aChosenFeatureThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> chosen(List.of("shop/1.0.0")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("file:/acme.xml:1:1")
                .hasMessageContaining("no feature shop/1.0.0")
                .hasMessageContaining("it has bank/7.0.0, parts/1.0.0, shop/2.0.0");
    }

    @Test
    void featuresAreNotChosenOfYaml() {
        assertThatThrownBy(() -> ReleaseReader.read(
                        "file:/r.yaml", "release: a\n".getBytes(StandardCharsets.UTF_8), List.of("shop"), Set::of))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("this is no feature repository");
    }

    /** What is not chosen may be anything, even what a release can not have. */
    private static ReleaseDraft chosen(List<String> features) {
        String text = """
                <features name='acme-2.0.0'>
                  <feature name='bank' version='7.0.0'><conditional/><bundle>mvn:a/bank/7</bundle></feature>
                  <feature name='shop' version='2.0.0'><feature>parts</feature><bundle>mvn:a/shop/2</bundle></feature>
                  <feature name='parts' version='1.0.0'><bundle>mvn:a/parts/1</bundle></feature>
                </features>
                """;
        return ReleaseReader.read("file:/acme.xml", text.getBytes(StandardCharsets.UTF_8), features, Set::of);
    }

    @Test
    void whatIsThereOnAConditionIsInTheReleaseIfTheContainerHasTheFeature() {
        assertThat(locations("shell", "shell/4.4.10")).containsExactly("mvn:a/shop/2", "mvn:a/commands/2");
        assertThat(locations("shell/4.4.10", "shell/4.4.10")).hasSize(2);
        assertThat(locations("shell/[4,5)", "shell/4.4.10")).hasSize(2);
        assertThat(locations("shell", "shell")).hasSize(2);
        assertThat(locations("shell")).containsExactly("mvn:a/shop/2");
        assertThat(locations("shell", "shells/4.4.10")).hasSize(1);
        assertThat(locations("shell/[5,6)", "shell/4.4.10")).hasSize(1);
        assertThat(locations("shell/4.4", "shell/4.4.10")).hasSize(1);
        assertThat(locations("shell</condition><condition>scr", "shell/4.4.10")).hasSize(1);
        assertThat(locations("shell</condition><condition>scr", "shell/4.4.10", "scr/4.4.10"))
                .hasSize(2);
    }

    @Test
    void whatWasDecidedIsTold() {
        assertThat(conditional("shell", "shell/4.4.10").conditions())
                .containsExactly("what shop/2.0.0 has on the condition shell is in the release");
        assertThat(conditional("shell").conditions())
                .containsExactly("what shop/2.0.0 has on the condition shell is not in the release");
    }

    @Test
    void aConditionHoldsByWhatTheReleaseRequiresOrHasOnACondition() {
        ReleaseDraft draft = draft("""
                <features name='acme'>
                  <feature name='shop' version='2.0.0'><feature>scr</feature><bundle>mvn:a/shop/2</bundle>
                    <conditional><condition>extras</condition><bundle>mvn:a/late/1</bundle></conditional>
                    <conditional><condition>scr</condition><feature>extras</feature></conditional></feature>
                  <feature name='extras' version='1.0.0'><bundle>mvn:a/extras/1</bundle></feature>
                </features>
                """, List.of("shop"));

        assertThat(draft.bundles())
                .extracting(ReleaseDraft.Entry::location)
                .containsExactly("mvn:a/shop/2", "mvn:a/late/1", "mvn:a/extras/1");
        assertThat(draft.features().roots()).containsExactly("shop/2.0.0");
    }

    @Test
    void aConfigurationIsBroughtAsItIsWritten() {
        assertThat(features("""
                <feature name='shop' version='2.0.0'><bundle>mvn:a/a/1</bundle>
                  <config name='shop.prices'>
                    # in cents
                    tea = 250
                  </config></feature>
                """).configurations())
                .containsOnlyKeys("shop.prices")
                .satisfies(texts -> assertThat(texts.get("shop.prices").lines().map(String::strip))
                        .containsExactly("# in cents", "tea = 250"));
    }

    /** As Karaf reads it: spaces at the end belong to a value. */
    @Test
    void nothingIsTakenAwayFromTheLinesOfAConfiguration() {
        assertThat(features("""
                <feature name='shop' version='2.0.0'><bundle>mvn:a/a/1</bundle>
                  <config name='shop.prices'>

                    tea = 250 \s
                      milk = 9\t

                  </config></feature>
                """).configurations()).containsEntry("shop.prices", "tea = 250  \n      milk = 9\t");
    }

    @Test
    void aFileIsBroughtToWhereKarafWouldPutIt() {
        ReleaseDraft draft = draft("""
                <features name='acme'>
                  <feature name='shop' version='2.0.0'><bundle>mvn:a/shop/2</bundle>
                    <configfile finalname='/etc//shop.xml'>mvn:a/shop/2/xml/prices</configfile>
                    <configfile finalname='etc/shop.xml'>mvn:a/shop/2/xml/prices</configfile>
                    <configfile finalname='${karaf.base}/shop/a b.txt'>lib/a.txt</configfile>
                    <conditional><condition>scr</condition>
                      <configfile finalname='${karaf.etc}/shop.cfg' override='false'>mvn:a/shop/2/cfg</configfile>
                    </conditional></feature>
                </features>
                """, List.of(), "scr");

        assertThat(draft.files().entrySet())
                .extracting(file -> file.getKey() + " " + file.getValue().location())
                .containsExactlyInAnyOrder(
                        "etc/shop.xml mvn:a/shop/2/xml/prices",
                        "shop/a b.txt file:/lib/a.txt",
                        "${karaf.etc}/shop.cfg mvn:a/shop/2/cfg");
        assertThat(draft.features().written()).isTrue();
    }

    private static List<String> locations(String condition, String... installed) {
        return conditional(condition, installed).bundles().stream()
                .map(ReleaseDraft.Entry::location)
                .toList();
    }

    private static ReleaseDraft conditional(String condition, String... installed) {
        return draft("""
                <features name='acme'>
                  <feature name='shop' version='2.0.0'><bundle>mvn:a/shop/2</bundle>
                    <conditional><condition>%s</condition><bundle>mvn:a/commands/2</bundle></conditional></feature>
                </features>
                """.formatted(condition), List.of(), installed);
    }

    private static ReleaseDraft draft(String text, List<String> chosen, String... installed) {
        return ReleaseReader.read(
                "file:/acme.xml", text.getBytes(StandardCharsets.UTF_8), chosen, () -> Set.of(installed));
    }

    private static Features features(String content) {
        String relative = "http://localhost/releases/shop.xml";
        return features(content.contains("lib/a.jar") ? relative : "mvn:a/shop/2.0/xml/features", content);
    }

    private static Features features(String url, String content) {
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
