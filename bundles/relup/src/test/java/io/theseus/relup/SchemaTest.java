// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.theseus.release.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The published schemas say what the readers say, as far as a schema can. */
class SchemaTest {
    private static final Path DOCS = Path.of("../../docs");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a schema can see: not what belongs together, nor that a key stands twice. */
    private static final List<String> VISIBLE = List.of(
            "is no instruction",
            "is not known here",
            "is missing",
            "does not say which",
            "must be a list",
            "must be a map",
            "is no type",
            "is no mode",
            "is no duration",
            "is neither a version nor");

    private static final Map<String, JsonSchema> SCHEMAS = Stream.of("appup", "relup", "script", "release")
            .collect(Collectors.toMap(Function.identity(), SchemaTest::schema));

    private static JsonSchema schema(String name) {
        try {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Files.readString(DOCS.resolve("schema").resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<ValidationMessage> validate(String name, String yaml) {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return Objects.requireNonNull(SCHEMAS.get(name)).validate(JSON.valueToTree(tree));
    }

    private record Text(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Text> appups() {
        return Stream.of("appups.txt", "plans.txt", "translation.txt", "otp.txt")
                .flatMap(file -> Fixture.all(file).stream())
                .flatMap(f -> f.sections().entrySet().stream()
                        .filter(s ->
                                s.getKey().startsWith("appup") || s.getKey().startsWith("other"))
                        .map(s -> new Text(f.title() + ": " + s.getKey(), s.getValue())));
    }

    @ParameterizedTest
    @MethodSource("appups")
    void judgesAppupsAsTheReaderDoes(Text appup) {
        try {
            AppupReader.read("a", appup.text());
        } catch (RefusedException e) {
            boolean visible =
                    e.problems().stream().allMatch(p -> VISIBLE.stream().anyMatch(p.text()::contains));
            if (visible) {
                assertThat(validate("appup", appup.text())).isNotEmpty();
            }
            return;
        }

        assertThat(validate("appup", appup.text())).isEmpty();
    }

    static Stream<Text> scripts() {
        return Stream.of("plans.txt", "translation.txt", "otp.txt")
                .flatMap(file -> Fixture.all(file).stream())
                .filter(f -> f.sections().containsKey("script"))
                .map(f -> new Text(f.title(), f.section("script")));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void acceptsEveryScriptThatAPlannerMakes(Text script) {
        assertThat(validate("script", script.text())).isEmpty();
        assertThat(ScriptReader.read("s", script.text()).steps())
                .hasSize((int) script.text().lines().count());
    }

    static Stream<Text> relups() {
        return Fixture.all("relups.txt").stream().map(f -> new Text(f.title(), f.section("relup")));
    }

    @ParameterizedTest
    @MethodSource("relups")
    void judgesRelupsAsTheReaderDoes(Text relup) {
        try {
            RelupReader.read("r", relup.text());
        } catch (RefusedException e) {
            boolean visible =
                    e.problems().stream().allMatch(p -> VISIBLE.stream().anyMatch(p.text()::contains));
            if (visible) {
                assertThat(validate("relup", relup.text())).isNotEmpty();
            }
            return;
        }

        assertThat(validate("relup", relup.text())).isEmpty();
    }

    static Stream<Text> releases() {
        return Fixture.all("releases.txt").stream()
                .filter(f -> f.sections().containsKey("file shop.yaml"))
                .map(f -> new Text(f.title(), f.section("file shop.yaml")));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void judgesReleaseFilesAsTheReaderDoes(Text release) {
        try {
            ReleaseReader.read("file:/r.yaml", release.text().getBytes(StandardCharsets.UTF_8));
        } catch (RefusedException e) {
            boolean visible =
                    e.problems().stream().allMatch(p -> VISIBLE.stream().anyMatch(p.text()::contains));
            if (visible) {
                assertThat(validate("release", release.text())).isNotEmpty();
            }
            return;
        }

        assertThat(validate("release", release.text())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "3.0.0"})
    void acceptsTheAppupsOfTheSamples(String version) throws IOException {
        Path appup = Path.of("../../samples/ledger", version, "src/main/resources/OSGI-INF/appup.yaml");

        assertThat(validate("appup", Files.readString(appup))).isEmpty();
    }

    @Test
    void refusesAMisspeltField() {
        assertThat(validate("appup", "version: 1.0.0\nup: [{from: 1.0.0, do: [{update: a, chnage: soft}]}]"))
                .isNotEmpty();
        assertThat(validate("script", "- point_of_no_returm")).isNotEmpty();
        assertThat(validate("release", "release: a\nversion: 1.0.0\nbundels: [x]"))
                .isNotEmpty();
    }
}
