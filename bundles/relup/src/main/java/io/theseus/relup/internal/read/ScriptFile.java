// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.Script;
import io.theseus.relup.internal.check.Consistency;
import io.theseus.relup.internal.check.Finding;
import io.theseus.relup.internal.check.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of low-level instructions. */
public final class ScriptFile {
    private final Problems problems;
    private final LowLevelForms forms;

    ScriptFile(Problems problems) {
        this.problems = problems;
        this.forms = new LowLevelForms(problems);
    }

    public static Script read(String file, String text) {
        Problems problems = new Problems("bad-relup");
        Yaml root = YamlReader.read(file, text, problems);
        if (!(root instanceof Yaml.Sequence sequence)) {
            throw problems.fatal(
                    root.place(),
                    "a script must be a list, this is " + root.kind(),
                    "begin each instruction with '- '");
        }
        Optional<Script> script = new ScriptFile(problems).script(sequence);
        problems.refuse();
        return script.orElseThrow();
    }

    /** A script; empty if it has problems, which are added. */
    Optional<Script> script(Yaml.Sequence sequence) {
        List<Placed> placed = new ArrayList<>();
        int unreadable = 0;
        for (Yaml item : sequence.items()) {
            Optional<Placed> read = forms.read(item).map(i -> new Placed(i, item.place()));
            read.ifPresent(placed::add);
            unreadable += read.isPresent() ? 0 : 1;
        }
        if (unreadable > 0) {
            // What could not be read would be missed by everything that belongs to it.
            return Optional.empty();
        }
        List<Finding> findings = Consistency.findings(placed, sequence.place());
        findings.forEach(f -> problems.add(f.place(), f.text(), f.hint()));
        return findings.isEmpty() ? Optional.of(script(placed)) : Optional.empty();
    }

    private static Script script(List<Placed> placed) {
        return new Script(placed.stream()
                .map(p -> new Script.Step(p.instruction(), p.place().origin()))
                .toList());
    }
}
