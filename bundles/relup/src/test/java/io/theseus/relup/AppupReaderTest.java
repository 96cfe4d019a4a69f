// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.theseus.release.RefusedException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Version;

class AppupReaderTest {
    static List<Fixture> appups() {
        return Fixture.all("appups.txt");
    }

    /** What a reader makes of a fixture: its instructions, or its problems. */
    static String read(Fixture fixture) {
        try {
            return show(AppupReader.read("appup.yaml", fixture.section("appup")));
        } catch (RefusedException e) {
            return PlanFixtures.problems(e.problems());
        }
    }

    private static String show(Appup appup) {
        StringBuilder text = new StringBuilder("version " + appup.version());
        appup.up().forEach(e -> show("up from ", e, text));
        appup.down().forEach(e -> show("down to ", e, text));
        return text.toString();
    }

    private static void show(String way, Appup.Entry entry, StringBuilder text) {
        text.append('\n').append(way).append(entry.versions()).append(" at ").append(entry.line());
        entry.instructions().forEach(i -> text.append("\n  ").append(show(i)));
    }

    private static String show(HighLevel instruction) {
        if (instruction instanceof HighLevel.LowLevel low) {
            return "LowLevel " + ScriptPrinter.print(low.instruction()) + " at " + low.place();
        }
        // Immutable maps have no order of their own.
        return instruction instanceof HighLevel.Update u
                ? u.toString().replace("extra=" + u.extra(), "extra=" + new TreeMap<>(u.extra()))
                : instruction.toString();
    }

    @ParameterizedTest
    @MethodSource("appups")
    void readsAsTheFixtureShows(Fixture fixture) {
        assertThat(read(fixture)).isEqualTo(fixture.section("result"));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.0, 1.2.0, true",
        "1.2.0, 1.2.1, false",
        "1.2.0, 1.2.0.x, false",
        "1.2, 1.2.0, true",
        "'[1.2,2)', 1.9.9, true",
        "'[1.2,2)', 2.0.0, false",
        "'[1.2,2)', 1.1.9, false",
        "'(1.2,2]', 1.2.0, false",
        "'(1.2,2]', 2.0.0, true",
    })
    void matchesExactVersionsAndRanges(String versions, String version, boolean included) {
        Appup appup = AppupReader.read("appup.yaml", "version: 3.0.0\nup: [{from: '" + versions + "', do: []}]");

        assertThat(appup.up().get(0).versions().includes(Version.parseVersion(version)))
                .isEqualTo(included);
    }

    @Test
    void refusesDeepNestingBeforeTheStackIsFull() {
        String deep = "extra: " + "[".repeat(100_000);

        assertThatThrownBy(() -> AppupReader.read("appup.yaml", deep))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("nested more than 50 deep");
    }

    @Test
    void refusesHugeFiles() {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> AppupReader.read("appup.yaml", "#".repeat((1 << 20) + 1)));

        assertThat(refused.problems()).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo("bad-appup");
            assertThat(p.text()).contains("more than 1048576 characters");
        });
    }

    @Test
    void keepsTheOrderOfExtraValuesInside() {
        Appup appup = AppupReader.read(
                "a", "version: 2\nup: [{from: 1.0, do: [{update: a, extra: {m: {z: 1, y: 2, x: 3, w: 4, v: 5}}}]}]");
        HighLevel.Update update =
                (HighLevel.Update) appup.up().get(0).instructions().get(0);

        assertThat(update.extra().get("m")).hasToString("{z=1, y=2, x=3, w=4, v=5}");
    }

    @Test
    void refusesCharactersThatAreNoText() {
        assertThatThrownBy(() -> AppupReader.read("appup.yaml", "version: \u0001"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("appup.yaml:1:1: this is no YAML");
    }

    @Test
    void skipsAByteOrderMarkAndReadsWindowsLines() {
        Appup appup = AppupReader.read("appup.yaml", "\uFEFFversion: 2.0.0\r\nup:\r\n- from: 1.0\r\n  do: []\r\n");

        assertThat(appup.version()).isEqualTo(new Version(2, 0, 0));
        assertThat(appup.up())
                .singleElement()
                .satisfies(e -> assertThat(e.line()).isEqualTo(3));
    }
}
