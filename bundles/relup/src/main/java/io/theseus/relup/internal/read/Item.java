// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One item of a list of instructions: a word ({@code load_bundle}), or a map in which exactly one key is an instruction and the others
 * are its fields; the instruction's own value is its subject, or a map of more fields.
 *
 * @param name of the instruction
 * @param fields of both forms; a subject keeps the name of its instruction
 */
record Item(String name, Fields fields) {
    /** OTP's names of what has another name here. */
    private static final Map<String, String> OTP = Map.of(
            "load_module", "load_bundle",
            "add_module", "add_bundle",
            "delete_module", "delete_bundle",
            "restart_emulator", "restart_container",
            "restart_new_emulator", "restart_new_container");

    /** @param known names of all instructions that may stand here */
    static Optional<Item> read(Yaml yaml, List<String> known, Problems problems) {
        if (yaml instanceof Yaml.Mapping mapping) {
            return name(mapping, known, problems)
                    .map(key -> new Item(key.text(), new Fields(fields(mapping, key), problems)));
        }
        return Fields.scalar(yaml, "an instruction", problems)
                .filter(word -> known(word, known, problems))
                .map(word -> new Item(word.text(), new Fields(new Yaml.Mapping(word.place(), List.of()), problems)));
    }

    private static Optional<Yaml.Scalar> name(Yaml.Mapping mapping, List<String> known, Problems problems) {
        List<Yaml.Scalar> keys = mapping.fields().stream().map(Yaml.Field::key).toList();
        List<Yaml.Scalar> names = keys.stream()
                .filter(k -> known.contains(k.text()) || OTP.containsKey(k.text()))
                .toList();
        if (names.size() > 1) {
            problems.add(
                    names.get(1).place(),
                    "'" + names.get(1).text() + "' is a second instruction in one item",
                    "begin it with '- '");
            return Optional.empty();
        }
        if (keys.isEmpty()) {
            problems.add(mapping.place(), "an instruction is missing", "expected one of: " + String.join(", ", known));
            return Optional.empty();
        }
        return Optional.of(names.isEmpty() ? keys.get(0) : names.get(0)).filter(word -> known(word, known, problems));
    }

    private static boolean known(Yaml.Scalar word, List<String> known, Problems problems) {
        String name = word.text();
        if (known.contains(name)) {
            return true;
        }
        Optional<String> renamed = Optional.ofNullable(OTP.get(name)).filter(known::contains);
        problems.add(
                word.place(),
                "'" + name + "' is no instruction",
                renamed.map(r -> "it is called '" + r + "' here").orElseGet(() -> Spelling.hint(name, known)));
        return false;
    }

    private static Yaml.Mapping fields(Yaml.Mapping mapping, Yaml.Scalar key) {
        List<Yaml.Field> all = new ArrayList<>();
        for (Yaml.Field field : mapping.fields()) {
            if (!field.key().equals(key)) {
                all.add(field);
            } else if (field.value() instanceof Yaml.Mapping more) {
                all.addAll(more.fields());
            } else if (!(field.value() instanceof Yaml.Scalar s) || s.type() != Yaml.Scalar.Type.NULL) {
                all.add(field);
            }
        }
        return new Yaml.Mapping(key.place(), all);
    }
}
