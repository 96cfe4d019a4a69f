// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.relup.HighLevel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Pass 1: set algebra on symbolic names. What is in both releases in the same version and with the same content does not change.
 *
 * @param all in the order of the target release, then what goes
 */
record Differences(List<Difference> all, List<Problem> problems) {
    Differences {
        all = List.copyOf(all);
        problems = List.copyOf(problems);
    }

    static Differences of(Release from, Release to) {
        List<Difference> all = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        once(from, problems);
        once(to, problems);
        for (BundleSpec bundle : to.bundles()) {
            Optional<BundleSpec> old = from.bundle(bundle.symbolicName());
            Difference difference = new Difference(bundle.symbolicName(), old, Optional.of(bundle));
            if (!difference.stays() || difference.rebuilt()) {
                all.add(difference);
            }
        }
        for (BundleSpec bundle : from.bundles()) {
            if (to.bundle(bundle.symbolicName()).isEmpty()) {
                all.add(new Difference(bundle.symbolicName(), Optional.of(bundle), Optional.empty()));
            }
        }
        return new Differences(all, problems);
    }

    /** Adds what moves along. */
    Differences with(List<Difference> moves) {
        List<Difference> more = new ArrayList<>(all);
        more.addAll(moves);
        return new Differences(more, problems);
    }

    /** What is installed beside another build of its version would be there twice when the container starts. */
    List<Problem> rebuilt() {
        return all.stream()
                .filter(Difference::rebuilt)
                .map(difference -> new Problem(
                        "same-version-other-content",
                        difference.toString(),
                        "both releases have this version, with different content, and the container is to restart",
                        "give the changed bundle a new version"))
                .toList();
    }

    List<Difference> libraries() {
        return all.stream().filter(Difference::library).toList();
    }

    List<Difference> applications() {
        return all.stream().filter(d -> !d.library()).toList();
    }

    Optional<Difference> find(String name) {
        return all.stream().filter(d -> d.name().equals(name)).findFirst();
    }

    /** Whether what an instruction names comes, goes or changes as the instruction has it. */
    boolean fits(HighLevel instruction) {
        if (instruction instanceof HighLevel.LoadBundle load) {
            return load.bundle().isEmpty() || is(load.bundle().get(), Difference::changes);
        }
        if (instruction instanceof HighLevel.AddBundle add) {
            return is(add.bundle(), Difference::comes);
        }
        if (instruction instanceof HighLevel.DeleteBundle delete) {
            return is(delete.bundle(), Difference::goes);
        }
        if (instruction instanceof HighLevel.AddApplication add) {
            return is(add.application(), d -> d.comes() && !d.library());
        }
        if (instruction instanceof HighLevel.RemoveApplication remove) {
            return is(remove.application(), d -> d.goes() && !d.library());
        }
        return !(instruction instanceof HighLevel.RestartApplication restart)
                || restart.application().isEmpty()
                || is(restart.application().get(), d -> d.changes() && !d.library());
    }

    private boolean is(String name, Predicate<Difference> condition) {
        return find(name).filter(condition).isPresent();
    }

    private static void once(Release release, List<Problem> problems) {
        Set<String> names = new HashSet<>();
        for (BundleSpec bundle : release.bundles()) {
            if (!names.add(bundle.symbolicName())) {
                problems.add(new Problem(
                        "duplicate-application",
                        bundle.toString(),
                        "release " + release.id() + " has this symbolic name twice",
                        "a release has every bundle once: remove one"));
            }
        }
    }
}
