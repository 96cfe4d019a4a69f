// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.HighLevel;
import io.theseus.relup.PurgeMethod;
import io.theseus.relup.StartType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Expands instructions of an appup from their short forms. Each is a word ({@code load_bundle}), or a map in which exactly one
 * key is an instruction and the others are its fields; the instruction's own value is its subject or a map of more fields.
 */
final class InstructionForms {
    private static final List<String> KNOWN =
            List.of("load_bundle", "update", "add_application", "remove_application", "restart_application", "apply");
    private static final List<String> NOT_YET = List.of(
            "add_bundle",
            "delete_bundle",
            "set_config",
            "restart_container",
            "restart_new_container",
            "point_of_no_return",
            "load_object_code",
            "load",
            "remove",
            "purge",
            "suspend",
            "resume",
            "code_change",
            "stop",
            "start",
            "sync_nodes");

    /** OTP's names of what has another name here. */
    private static final Map<String, String> OTP = Map.of(
            "load_module", "load_bundle",
            "add_module", "add_bundle",
            "delete_module", "delete_bundle",
            "restart_emulator", "restart_container",
            "restart_new_emulator", "restart_new_container");

    private final Problems problems;

    InstructionForms(Problems problems) {
        this.problems = problems;
    }

    Optional<HighLevel> read(Yaml yaml) {
        if (yaml instanceof Yaml.Mapping mapping) {
            return name(mapping).flatMap(key -> instruction(key, fields(mapping, key)));
        }
        return Fields.scalar(yaml, "an instruction", problems)
                .filter(this::known)
                .flatMap(word -> instruction(word, new Fields(new Yaml.Mapping(word.place(), List.of()), problems)));
    }

    private Optional<Yaml.Scalar> name(Yaml.Mapping mapping) {
        List<Yaml.Scalar> keys = mapping.fields().stream().map(Yaml.Field::key).toList();
        List<Yaml.Scalar> names = keys.stream().filter(k -> isName(k.text())).toList();
        if (names.size() > 1) {
            problems.add(
                    names.get(1).place(),
                    "'" + names.get(1).text() + "' is a second instruction in one item",
                    "begin it with '- '");
            return Optional.empty();
        }
        if (names.isEmpty() && keys.isEmpty()) {
            problems.add(mapping.place(), "an instruction is missing", "expected one of: " + String.join(", ", KNOWN));
            return Optional.empty();
        }
        return Optional.of(names.isEmpty() ? keys.get(0) : names.get(0)).filter(this::known);
    }

    private boolean known(Yaml.Scalar word) {
        String name = word.text();
        if (KNOWN.contains(name)) {
            return true;
        }
        Optional<String> renamed = Optional.ofNullable(OTP.get(name));
        if (NOT_YET.contains(name)) {
            problems.add(
                    word.place(), "'" + name + "' is not supported yet", "supported now: " + String.join(", ", KNOWN));
        } else {
            problems.add(
                    word.place(),
                    "'" + name + "' is no instruction",
                    renamed.map(r -> "it is called '" + r + "' here").orElseGet(() -> Spelling.hint(name, KNOWN)));
        }
        return false;
    }

    private static boolean isName(String word) {
        return KNOWN.contains(word) || NOT_YET.contains(word) || OTP.containsKey(word);
    }

    /** The fields of both forms in one map; a subject keeps the name of its instruction. */
    private Fields fields(Yaml.Mapping mapping, Yaml.Scalar key) {
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
        return new Fields(new Yaml.Mapping(key.place(), all), problems);
    }

    private Optional<HighLevel> instruction(Yaml.Scalar name, Fields fields) {
        Optional<? extends HighLevel> instruction = switch (name.text()) {
            case "load_bundle" -> loadBundle(fields);
            case "update" -> update(fields);
            case "apply" -> apply(fields);
            case "add_application" ->
                subject(fields, "add_application", "application")
                        .map(a -> new HighLevel.AddApplication(a, type(fields), line(fields)));
            case "remove_application" ->
                subject(fields, "remove_application", "application")
                        .map(a -> new HighLevel.RemoveApplication(a, line(fields)));
            default -> restart(fields);
        };
        fields.end();
        return instruction.map(i -> i);
    }

    private Optional<HighLevel> loadBundle(Fields fields) {
        fields.notYet("bundle");
        // All loads of a release form one switch, so their order means nothing.
        fields.texts("depends");
        return Optional.of(
                new HighLevel.LoadBundle(purge(fields, "pre_purge"), purge(fields, "post_purge"), line(fields)));
    }

    private Optional<HighLevel> update(Fields fields) {
        Optional<String> component = subject(fields, "update", "component");
        Optional<Yaml.Scalar> change = fields.scalar("change");
        Map<String, Object> extra = fields.values("extra");
        List<String> allowLoss = fields.texts("allow_loss");
        Optional<Duration> timeout = fields.scalar("timeout").flatMap(t -> DurationText.read(t, problems));
        PurgeMethod prePurge = purge(fields, "pre_purge");
        PurgeMethod postPurge = purge(fields, "post_purge");
        List.of("kind", "depends", "on_timeout").forEach(fields::notYet);
        boolean soft = change.map(c -> soft(c)).orElse(false);
        if (soft && !(extra.isEmpty() && allowLoss.isEmpty())) {
            problems.add(
                    fields.place(),
                    "a soft update hands no state over, so 'extra' and 'allow_loss' mean nothing",
                    "remove them, or 'change: soft'");
        }
        return component.map(
                c -> new HighLevel.Update(c, !soft, extra, allowLoss, timeout, prePurge, postPurge, line(fields)));
    }

    private boolean soft(Yaml.Scalar change) {
        if (!List.of("soft", "advanced").contains(change.text())) {
            problems.add(change.place(), "'" + change.text() + "' is no change", "write soft or advanced");
        }
        return change.text().equals("soft");
    }

    private Optional<HighLevel> apply(Fields fields) {
        Optional<String> action = subject(fields, "apply", "action");
        Map<String, Object> args = fields.values("args");
        return action.map(a -> new HighLevel.Apply(a, args, line(fields)));
    }

    private Optional<HighLevel> restart(Fields fields) {
        Optional<String> named = fields.text("application");
        Optional<String> application = named.isPresent() ? named : fields.text("restart_application");
        return Optional.of(new HighLevel.RestartApplication(application.orElse(""), type(fields), line(fields)));
    }

    private Optional<String> subject(Fields fields, String instruction, String name) {
        Optional<String> longForm = fields.text(name);
        Optional<String> shortForm = fields.text(instruction);
        if (longForm.isEmpty() && shortForm.isEmpty()) {
            problems.add(
                    fields.place(),
                    "'" + instruction + "' does not say which " + name,
                    "write '" + instruction + ": " + name.toUpperCase(Locale.ROOT) + "'");
        }
        return shortForm.or(() -> longForm);
    }

    private StartType type(Fields fields) {
        return choice(fields, "type", StartType.values()).orElse(StartType.REQUIRED);
    }

    private PurgeMethod purge(Fields fields, String name) {
        return choice(fields, name, PurgeMethod.values()).orElse(PurgeMethod.BRUTAL);
    }

    private <E extends Enum<E>> Optional<E> choice(Fields fields, String name, E[] values) {
        Optional<Yaml.Scalar> scalar = fields.scalar(name);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        for (E value : values) {
            words.add(value.name().toLowerCase(Locale.ROOT));
            if (words.get(words.size() - 1).equals(scalar.get().text())) {
                return Optional.of(value);
            }
        }
        String text = scalar.get().text();
        problems.add(scalar.get().place(), "'" + text + "' is no " + name, Spelling.hint(text, words));
        return Optional.empty();
    }

    private static int line(Fields fields) {
        return fields.place().line();
    }
}
