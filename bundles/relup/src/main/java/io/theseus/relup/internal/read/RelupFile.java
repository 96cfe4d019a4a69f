// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.release.ReleaseId;
import io.theseus.relup.Relup;
import io.theseus.relup.Script;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Version;

/** The structure of a relup file around its scripts. */
public final class RelupFile {
    private final Problems problems = new Problems("bad-relup");
    private final ScriptFile scripts = new ScriptFile(problems);
    private final String file;

    private RelupFile(String file) {
        this.file = file;
    }

    public static Relup read(String file, String text) {
        return new RelupFile(file).relup(text);
    }

    private Relup relup(String text) {
        Fields fields = Fields.ofFile(file, text, "a relup", problems);
        String name = fields.release().orElse("none");
        Version version = fields.version("version").orElse(Version.emptyVersion);
        List<Relup.Entry> up = entries(fields.list("up"), "from");
        List<Relup.Entry> down = entries(fields.list("down"), "to");
        fields.end();
        problems.refuse();
        return new Relup(file, new ReleaseId(name, version), up, down);
    }

    private List<Relup.Entry> entries(List<Yaml> items, String key) {
        List<Relup.Entry> entries = new ArrayList<>();
        Set<Version> versions = new HashSet<>();
        for (Yaml item : items) {
            Fields.of(item, "an entry", problems).flatMap(f -> entry(f, key)).ifPresent(e -> {
                entries.add(e);
                if (!versions.add(e.version())) {
                    problems.add(
                            item.place(), "a second script " + key + " " + e.version(), "a relup has one: keep one");
                }
            });
        }
        return entries;
    }

    private Optional<Relup.Entry> entry(Fields fields, String key) {
        Optional<Version> version = fields.version(key);
        String description = fields.text("description").orElse("");
        Optional<Script> script =
                fields.require("do", "'do: [point_of_no_return]'").flatMap(this::script);
        fields.end();
        return version.flatMap(v -> script.map(s -> new Relup.Entry(v, description, s)));
    }

    private Optional<Script> script(Yaml yaml) {
        if (yaml instanceof Yaml.Sequence sequence) {
            return scripts.script(sequence);
        }
        problems.add(yaml.place(), "'do' must be a list, this is " + yaml.kind(), "begin each instruction with '- '");
        return Optional.empty();
    }
}
