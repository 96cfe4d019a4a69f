// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.Appup;
import io.theseus.relup.HighLevel;
import io.theseus.relup.Place;
import io.theseus.relup.internal.check.Pairs;
import io.theseus.relup.internal.check.Placed;
import io.theseus.relup.internal.check.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** The structure of an appup file around its instructions. */
public final class AppupFile {
    private static final String DO_EXAMPLE = "'do: [load_bundle]'";

    private final Problems problems = new Problems("bad-appup");
    private final HighLevelForms instructions = new HighLevelForms(problems);
    private final String file;

    private AppupFile(String file) {
        this.file = file;
    }

    public static Appup read(String file, String text) {
        return new AppupFile(file).appup(text);
    }

    private Appup appup(String text) {
        Fields fields = Fields.ofFile(file, text, "an appup", problems);
        Version version = fields.version("version").orElse(Version.emptyVersion);
        List<Appup.Entry> up = entries(fields.list("up"), "from");
        List<Appup.Entry> down = entries(fields.list("down"), "to");
        fields.end();
        problems.refuse();
        return new Appup(file, version, up, down);
    }

    private List<Appup.Entry> entries(List<Yaml> items, String key) {
        List<Appup.Entry> entries = new ArrayList<>();
        for (Yaml item : items) {
            Fields.of(item, "an entry", problems).ifPresent(f -> entry(f, key).ifPresent(entries::add));
        }
        return entries;
    }

    private Optional<Appup.Entry> entry(Fields fields, String key) {
        Optional<Appup.Versions> versions = fields.require(key, "'" + key + ": 1.2.0' or '" + key + ": \"[1.2,2)\"'")
                .flatMap(v -> VersionText.versions(v, problems));
        List<HighLevel> todo = List.of();
        Optional<Yaml> items = fields.require("do", DO_EXAMPLE);
        if (items.isPresent() && items.get() instanceof Yaml.Sequence sequence) {
            todo = instructions(sequence);
            check(todo);
        } else {
            items.ifPresent(
                    i -> problems.add(i.place(), "'do' must be a list, this is " + i.kind(), "write " + DO_EXAMPLE));
        }
        fields.end();
        List<HighLevel> all = todo;
        return versions.map(v -> new Appup.Entry(v, all, fields.place().line()));
    }

    private void check(List<HighLevel> instructions) {
        List<Placed> low = instructions.stream()
                .filter(HighLevel.LowLevel.class::isInstance)
                .map(HighLevel.LowLevel.class::cast)
                .map(l -> new Placed(l.instruction(), l.place()))
                .toList();
        Stream.concat(Split.findings(instructions).stream(), Pairs.findings(low).stream())
                .forEach(f -> problems.add(f.place(), f.text(), f.hint()));
    }

    private List<HighLevel> instructions(Yaml.Sequence sequence) {
        List<HighLevel> read = new ArrayList<>();
        Map<String, Place> subjects = new HashMap<>();
        for (Yaml item : sequence.items()) {
            instructions.read(item).ifPresent(i -> {
                read.add(i);
                once(i, subjects);
            });
        }
        return read;
    }

    /** Two instructions for one thing contradict each other, or one of them says nothing (OTP: muldef_module). */
    private void once(HighLevel instruction, Map<String, Place> subjects) {
        Optional<String> subject = subject(instruction);
        Place first =
                subject.map(s -> subjects.putIfAbsent(s, instruction.place())).orElse(null);
        if (subject.isPresent() && first != null) {
            problems.add(
                    instruction.place(),
                    "a second instruction for " + subject.get() + ", after line " + first.line(),
                    "keep one");
        }
    }

    private static Optional<String> subject(HighLevel instruction) {
        if (instruction instanceof HighLevel.Update update) {
            return Optional.of("component '" + update.component() + "'");
        }
        if (instruction instanceof HighLevel.LoadBundle load) {
            return Optional.of(load.bundle().map(AppupFile::bundle).orElse("the bundle"));
        }
        if (instruction instanceof HighLevel.AddBundle add) {
            return Optional.of(bundle(add.bundle()));
        }
        return instruction instanceof HighLevel.DeleteBundle delete
                ? Optional.of(bundle(delete.bundle()))
                : Optional.empty();
    }

    private static String bundle(String name) {
        return "bundle '" + name + "'";
    }
}
