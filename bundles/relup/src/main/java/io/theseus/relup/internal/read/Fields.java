// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * The fields of one map, asked for one by one. What is asked for and has the wrong type is a problem; so is, at the end, what
 * nobody asked for.
 */
public final class Fields {
    private final Place place;
    private final Problems problems;
    private final Map<String, Yaml.Field> left = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();

    public Fields(Yaml.Mapping mapping, Problems problems) {
        this.place = mapping.place();
        this.problems = problems;
        mapping.fields().forEach(f -> left.put(f.key().text(), f));
    }

    /** The fields of a file, which must be a map. */
    static Fields ofFile(String file, String text, String subject, Problems problems) {
        Yaml root = YamlReader.read(file, text, problems);
        if (root instanceof Yaml.Mapping mapping) {
            return new Fields(mapping, problems);
        }
        throw problems.fatal(root.place(), subject + " must be a map, this is " + root.kind(), "");
    }

    /** The fields of a value that must be a map. */
    public static Optional<Fields> of(Yaml value, String subject, Problems problems) {
        if (value instanceof Yaml.Mapping mapping) {
            return Optional.of(new Fields(mapping, problems));
        }
        problems.add(value.place(), subject + " must be a map, this is " + value.kind(), "");
        return Optional.empty();
    }

    public Place place() {
        return place;
    }

    public boolean has(String name) {
        return left.containsKey(name);
    }

    public Optional<Yaml> take(String name) {
        asked.add(name);
        return Optional.ofNullable(left.remove(name)).map(Yaml.Field::value);
    }

    public Optional<Yaml> require(String name, String example) {
        Optional<Yaml> value = take(name);
        if (value.isEmpty()) {
            problems.add(place, "'" + name + "' is missing", "write it as " + example);
        }
        return value;
    }

    public Optional<Yaml.Scalar> scalar(String name) {
        return take(name).flatMap(v -> scalar(v, "'" + name + "'", problems));
    }

    /** A version, which must be there. */
    Optional<Version> version(String name) {
        return require(name, "'" + name + ": 1.2.0'")
                .flatMap(v -> scalar(v, "'" + name + "'", problems))
                .flatMap(v -> VersionText.version(v, problems));
    }

    /** The name of a release, which must be there. */
    Optional<String> release() {
        return require("release", "'release: shop'")
                .flatMap(v -> scalar(v, "'release'", problems))
                .flatMap(v -> NameText.release(v, problems));
    }

    public Optional<String> text(String name) {
        return scalar(name).map(Yaml.Scalar::text);
    }

    /** A list; empty if it is not there. */
    public List<Yaml> list(String name) {
        Optional<Yaml> value = take(name);
        if (value.isPresent() && value.get() instanceof Yaml.Sequence sequence) {
            return sequence.items();
        }
        value.ifPresent(v -> problems.add(
                v.place(), "'" + name + "' must be a list, this is " + v.kind(), "begin each item with '- '"));
        return List.of();
    }

    /** A list of words; a single word will do. */
    public List<String> texts(String name) {
        Optional<Yaml> value = take(name);
        List<Yaml> items = value.map(v -> v instanceof Yaml.Sequence s ? s.items() : List.of(v))
                .orElse(List.of());
        return items.stream()
                .flatMap(i -> scalar(i, "each of '" + name + "'", problems).stream())
                .map(Yaml.Scalar::text)
                .toList();
    }

    /** A map of plain values. */
    public Map<String, Object> values(String name) {
        Optional<Yaml> value = take(name);
        if (value.isPresent() && value.get() instanceof Yaml.Mapping mapping) {
            return Plain.map(mapping, problems);
        }
        value.ifPresent(
                v -> problems.add(v.place(), "'" + name + "' must be a map, this is " + v.kind(), "as {key: value}"));
        return Map.of();
    }

    /** One of the constants of an enum, in lower case. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        Optional<Yaml.Scalar> scalar = scalar(name);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        String text = scalar.get().text();
        List<String> words = new ArrayList<>();
        for (E value : type.getEnumConstants()) {
            words.add(value.name().toLowerCase(Locale.ROOT));
            if (words.get(words.size() - 1).equals(text)) {
                return Optional.of(value);
            }
        }
        problems.add(scalar.get().place(), "'" + text + "' is no " + name, Spelling.hint(text, words));
        return Optional.empty();
    }

    public Optional<Duration> duration(String name) {
        return scalar(name).flatMap(t -> DurationText.read(t, problems));
    }

    public boolean flag(String name) {
        Optional<Yaml.Scalar> scalar = scalar(name);
        scalar.filter(s -> s.type() != Yaml.Scalar.Type.BOOLEAN)
                .ifPresent(s -> problems.add(
                        s.place(), "'" + name + "' is true or false, this is " + s.kind(), "leave it out for false"));
        return scalar.filter(s -> s.text().equals("true")).isPresent();
    }

    /** The subject of an instruction: behind its name, or in a field of its own. */
    public Optional<String> subject(String instruction, String name) {
        Optional<String> longForm = text(name);
        Optional<String> shortForm = text(instruction);
        if (longForm.isEmpty() && shortForm.isEmpty()) {
            problems.add(
                    place,
                    "'" + instruction + "' does not say which " + name,
                    "write '" + instruction + ": " + name.toUpperCase(Locale.ROOT) + "'");
        }
        return shortForm.or(() -> longForm);
    }

    /** Complains about what nobody asked for. */
    public void end() {
        left.values()
                .forEach(f -> problems.add(
                        f.key().place(),
                        "'" + f.key().text() + "' is not known here",
                        asked.isEmpty() ? "remove it" : Spelling.hint(f.key().text(), asked)));
    }

    static Optional<Yaml.Scalar> scalar(Yaml value, String subject, Problems problems) {
        if (value instanceof Yaml.Scalar scalar && scalar.type() != Yaml.Scalar.Type.NULL) {
            return Optional.of(scalar);
        }
        problems.add(value.place(), subject + " must be a single value, this is " + value.kind(), "");
        return Optional.empty();
    }
}
