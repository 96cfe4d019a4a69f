// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.store.ReleaseStore;
import io.theseus.port.Configurations;
import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.Problem;
import io.theseus.relup.Collision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the features of a release bring besides bundles: configurations and files that are not there yet, made before anything that may
 * want them starts, and gone again if the release does not stay. Thread safety: used by the handler thread.
 */
final class Bringing {
    private final Run run;
    private final ReleaseStore store;
    private final Configurations configurations;
    private final String owner;

    Bringing(Run run, ReleaseStore store) {
        this.run = run;
        this.store = store;
        this.configurations = run.ports.configurations();
        this.owner = run.course.to().id().toString();
    }

    /** In the order of Karaf, in which a configuration is there before a file may be read as the same one. */
    void bring() throws Exception {
        Optional<Features> features = run.course.to().features();
        if (features.isPresent()) {
            for (Map.Entry<String, String> each : new TreeMap<>(features.get().configurations()).entrySet()) {
                configuration(each.getKey(), each.getValue());
            }
            for (Map.Entry<String, String> each : new TreeMap<>(features.get().files()).entrySet()) {
                file(each.getKey(), each.getValue());
            }
        }
    }

    private void configuration(String name, String properties) throws Exception {
        if (!configurations.has(name)) {
            Preparation.failOn(states(name));
            bring("configuration " + name, () -> configurations.bring(owner, name, properties));
        } else if (configurations.overlooked(name)) {
            throw new FailedException(Problem.of(
                            "configuration",
                            Features.pid(name),
                            "is there, and Karaf would not see that: it would write what the feature brings over it when the release becomes permanent")
                    .withHint("give it the property " + Features.CONFIG_KEY + " = " + name + ", or remove it"));
        }
    }

    private void file(String place, String sha256) throws Exception {
        if (!configurations.hasFile(place)) {
            Preparation.failOn(Collision.of(place, configurations::has));
            Optional<String> configured = Features.configured(place);
            if (configured.isPresent()) {
                Preparation.failOn(states(configured.get()));
            }
            bring("file " + place, () -> configurations.bringFile(owner, place, store.verifiedFile(sha256)));
        }
    }

    private void bring(String what, Runnable how) throws Exception {
        run.operation.step("prepare", "bring " + what, () -> {
            int changes = configurations.changes();
            run.undo.push("give " + what + " back", () -> configurations.giveBack(changes));
            how.run();
        });
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
