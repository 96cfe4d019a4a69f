// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.RefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Version;

class RelupReaderTest {
    static List<Fixture> relups() {
        return Fixture.all("relups.txt");
    }

    /** What a reader makes of a fixture: its scripts, or its problems. */
    static String read(Fixture fixture) {
        try {
            return show(RelupReader.read("relup.yaml", fixture.section("relup")));
        } catch (RefusedException e) {
            return PlanFixtures.problems(e.problems());
        }
    }

    private static String show(Relup relup) {
        StringBuilder text = new StringBuilder("release " + relup.release());
        relup.up().forEach(e -> text.append("\nfrom ").append(show(e)));
        relup.down().forEach(e -> text.append("\nto ").append(show(e)));
        return text.toString();
    }

    private static String show(Relup.Entry entry) {
        return (entry.version() + " " + entry.description()).strip() + "\n"
                + ScriptPrinter.print(entry.script()).stripTrailing();
    }

    @ParameterizedTest
    @MethodSource("relups")
    void readsAsTheFixtureShows(Fixture fixture) {
        assertThat(read(fixture)).isEqualTo(fixture.section("result"));
    }

    @Test
    void findsTheScriptForAVersion() {
        Relup relup = RelupReader.read("relup.yaml", relups().get(0).section("relup"));

        assertThat(relup.from(new Version(1, 0, 0))).isPresent();
        assertThat(relup.from(new Version(1, 5, 0))).isEmpty();
        assertThat(relup.to(new Version(1, 5, 0))).contains(relup.down().get(1));
        assertThat(relup.to(new Version(2, 0, 0))).isEmpty();
    }

    @Test
    void aScriptIsAList() {
        assertThat(ScriptReader.read("s.yaml", "- point_of_no_return").steps())
                .containsExactly(new Script.Step(new Instruction.PointOfNoReturn(), "s.yaml:1"));
        assertThatThrownBy(() -> ScriptReader.read("s.yaml", "do: []"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("s.yaml:1:1: a script must be a list, this is a map");
        assertThatThrownBy(() -> ScriptReader.read("s.yaml", "[]"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("s.yaml:1:1: there is no point_of_no_return");
    }
}
