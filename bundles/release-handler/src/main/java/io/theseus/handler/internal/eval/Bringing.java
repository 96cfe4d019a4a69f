// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.port.Configurations;
import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the features of a release bring besides bundles: configurations that are not there yet, made before anything that may want
 * them starts, and gone again if the release does not stay. Thread safety: used by the handler thread.
 */
final class Bringing {
    private final Run run;

    Bringing(Run run) {
        this.run = run;
    }

    void bring() throws Exception {
        Configurations configurations = run.ports.configurations();
        String owner = run.course.to().id().toString();
        for (Map.Entry<String, String> each : wanted().entrySet()) {
            String name = each.getKey();
            if (!configurations.has(name)) {
                Preparation.failOn(states(name));
                run.operation.step("prepare", "bring configuration " + name, () -> {
                    int changes = configurations.changes();
                    run.undo.push("give configuration " + name + " back", () -> configurations.giveBack(changes));
                    configurations.bring(owner, name, each.getValue());
                });
            }
        }
    }

    private Map<String, String> wanted() {
        return new TreeMap<>(
                run.course.to().features().map(Features::configurations).orElse(Map.of()));
    }

    /** What runs would see it too. */
    private List<Problem> states(String name) {
        String pid = Features.pid(name);
        return run.course.from().applications().stream()
                .map(BundleSpec::symbolicName)
                .flatMap(application -> run.before(application).stream()
                        .flatMap(id -> run.ports.components().renewed(id, pid).stream())
                        .map(component -> Problem.of(
                                        "config-loses-state",
                                        run.where(new Part(application, component)),
                                        "has no method for a modified configuration, so the configuration " + name
                                                + " that the release brings would make it anew, without its state")
                                .withHint("make the configuration by hand before, or give it a method with @Modified")))
                .toList();
    }
}
