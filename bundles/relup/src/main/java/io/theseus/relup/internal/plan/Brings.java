// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.release.Features;
import io.theseus.release.Plan;
import io.theseus.release.Plan.Brought;
import io.theseus.release.Problem;
import io.theseus.relup.Collision;
import io.theseus.relup.Planned;
import io.theseus.relup.Planning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the features of the target bring besides bundles, whoever wrote the script. */
record Brings(List<Brought> all, List<Problem> problems) {
    private static final List<String> FOLDERS = List.of("etc/", "${karaf.etc}/");

    /** In the order of an install: a configuration comes with its file. */
    static Brings of(Planning planning) {
        List<Brought> all = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Optional<Features> features = planning.to().features();
        Set<String> there = new HashSet<>(planning.there());
        for (String name : sorted(features.stream().flatMap(f -> f.configurations().keySet().stream()))) {
            boolean stays = !there.add(name);
            all.add(new Brought(Brought.Kind.CONFIGURATION, Features.pid(name), stays));
            if (!stays) {
                Features.file(Features.pid(name)).ifPresent(file -> FOLDERS.forEach(etc -> there.add(etc + file)));
            }
        }
        for (String place : sorted(features.stream().flatMap(f -> f.files().keySet().stream()))) {
            boolean stays = there.contains(place);
            all.add(new Brought(Brought.Kind.FILE, place, stays));
            if (!stays) {
                problems.addAll(Collision.of(place, there::contains));
            }
        }
        return new Brings(all, problems);
    }

    private static Set<String> sorted(Stream<String> names) {
        return names.collect(Collectors.toCollection(TreeSet::new));
    }

    Planned with(Planned planned) {
        Plan plan = planned.plan();
        List<Problem> every = new ArrayList<>(plan.problems());
        every.addAll(problems);
        return new Planned(
                new Plan(
                        plan.from(),
                        plan.to(),
                        plan.direction(),
                        plan.applications(),
                        problems.isEmpty() ? plan.script() : List.of(),
                        all,
                        problems.isEmpty() ? plan.notes() : List.of(),
                        every),
                problems.isEmpty() ? planned.script() : Optional.empty());
    }
}
