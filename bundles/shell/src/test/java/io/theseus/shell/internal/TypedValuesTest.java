// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.RefusedException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedValuesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"0ms,PT0S", "500ms,PT0.5S", "30s,PT30S", "2m,PT2M", "1h,PT1H"})
    void readsDurations(String text, Duration expected) {
        assertThat(Durations.parse("--bake", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "-1s", "1.5s", "30 s", "9999999999s", "1d"})
    void refusesWhatIsNoDurationAndSaysHowToWriteOne(String text) {
        assertThatThrownBy(() -> Durations.parse("--bake", text))
                .isInstanceOf(RefusedException.class)
                .hasMessage("--bake: '" + text + "' is no duration; write a number and a unit, as in 500ms, 30s or 2m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999999h", "999999999m", "8761h"})
    void refusesADurationThatNoClockCounts(String text) {
        assertThat(Durations.parse("--bake", "8760h")).isEqualTo(Duration.ofDays(365));
        assertThatThrownBy(() -> Durations.parse("--bake", text))
                .isInstanceOf(RefusedException.class)
                .hasMessage("--bake: '" + text + "' is too long; write at most a year, 8760h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvn:acme/shop/2.0.0/xml/features", "file:/tmp/shop.xml", "https://acme.test/shop.yaml"})
    void takesUrlsAsTheyAre(String text) {
        assertThat(Sources.parse(text, folder)).isEqualTo(URI.create(text));
    }

    @Test
    void takesAPathRelativeToTheCurrentFolder() throws Exception {
        Path file = Files.createFile(folder.resolve("my shop.xml"));

        assertThat(Path.of(Sources.parse("my shop.xml", folder))).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource({
        "no.xml, no.xml: there is no such file; give a path",
        "mvn:acme/shop 2, 'no URL: Illegal character in opaque part'",
    })
    void refusesWhatCanNotBeRead(String text, String message) {
        assertThatThrownBy(() -> Sources.parse(text, folder))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void setsOptionsAndAnswersTheOtherWords() {
        HistoryCommand command = new HistoryCommand();

        assertThat(new TrailingOptions(command).take(List.of("3", "--last", "5", "--json")))
                .containsExactly("3");

        assertThat(command.last).isEqualTo("5");
        assertThat(command.json).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--lst, --lst: there is no such option; there are --last --json",
        "--last, --last: a value is missing",
    })
    void refusesBadOptions(String word, String message) {
        assertThatThrownBy(() -> new TrailingOptions(new HistoryCommand()).take(List.of(word)))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    @Test
    void refusesTooManyArguments() {
        assertThatThrownBy(() -> new PlanCommand().only(List.of("a", "b"))).hasMessage("a b: 2 arguments, 1 expected");
    }
}
