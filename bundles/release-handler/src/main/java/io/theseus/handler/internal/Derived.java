// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.Fetching.Fetched;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.ReleaseDraft.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.osgi.framework.Version;

/**
 * A release while it is derived from another one: {@code shop/2.0.0} with pricing 1.1.0 becomes {@code shop/2.0.0.pricing-1_1_0}, with three
 * changes {@code shop/2.0.0.3-changes}.
 *
 * <p>Thread safety: used by one thread.
 */
final class Derived {
    /** The names of folders are made of it. */
    private static final int LONGEST = 64;

    private final Release base;
    private final Map<String, BundleSpec> bundles = new LinkedHashMap<>();
    private final Map<String, Path> files = new HashMap<>();
    private final Set<String> adopted = new HashSet<>();
    /** By symbolic name, in words. */
    private final Map<String, String> changes = new LinkedHashMap<>();

    Derived(Release base) {
        this.base = base;
        base.bundles().forEach(bundle -> bundles.put(bundle.symbolicName(), bundle));
    }

    /** A bundle that was fetched for it. */
    record Brought(Entry entry, Fetched fetched) {
        BundleFacts facts() {
            return fetched.facts();
        }

        private BundleSpec as(BundleSpec.Role role) {
            return new BundleSpec(
                    facts().symbolicName(),
                    facts().version(),
                    entry.location(),
                    fetched.sha256(),
                    entry.startLevel(),
                    role,
                    entry.type());
        }
    }

    Optional<BundleSpec> find(String application) {
        return base.bundle(application);
    }

    /** @throws RefusedException {@code no-such-application} */
    BundleSpec base(String application) {
        return find(application)
                .orElseThrow(() -> new RefusedException(Problem.of(
                                "no-such-application", "", application + " is not in release " + base.id())
                        .withHint("its applications are "
                                + String.join(
                                        ", ",
                                        base.applications().stream()
                                                .map(BundleSpec::symbolicName)
                                                .toList()))));
    }

    void replace(BundleSpec old, Brought brought) {
        BundleSpec next = brought.as(old.role());
        changes(next.symbolicName(), last(next.symbolicName()) + "-" + next.version());
        bundles.put(next.symbolicName(), next);
        files.put(next.sha256(), brought.fetched().file());
    }

    void add(Brought brought) {
        BundleSpec next = brought.as(
                Unpacking.role(brought.facts(), brought.facts().appup().isPresent()));
        base.bundle(next.symbolicName()).ifPresent(old -> {
            throw new RefusedException(Problem.of(
                            "existing-application",
                            next.location(),
                            old + " is in release " + base.id() + ", which runs")
                    .withHint("use application:upgrade or application:downgrade"));
        });
        changes(next.symbolicName(), last(next.symbolicName()) + "-" + next.version());
        bundles.put(next.symbolicName(), next);
        files.put(next.sha256(), brought.fetched().file());
    }

    /** Takes in what runs already, as it is. */
    void adopt(Brought brought) {
        BundleSpec bundle = brought.as(BundleSpec.Role.APPLICATION);
        adopt(bundle);
        files.put(bundle.sha256(), brought.fetched().file());
    }

    void adopt(BundleSpec bundle) {
        changes(bundle.symbolicName(), last(bundle.symbolicName()) + "-adopted");
        bundles.put(bundle.symbolicName(), bundle);
        adopted.add(bundle.symbolicName());
    }

    void remove(BundleSpec old) {
        changes(old.symbolicName(), "without-" + last(old.symbolicName()));
        bundles.remove(old.symbolicName());
    }

    private void changes(String application, String words) {
        if (changes.put(application, words) != null) {
            throw new RefusedException(
                    Problem.of("duplicate-application", application, "is changed twice in one step"));
        }
    }

    private static String last(String symbolicName) {
        return symbolicName.substring(symbolicName.lastIndexOf('.') + 1);
    }

    /** Files by their digest. */
    Map<String, Path> files() {
        return files;
    }

    /** @param known whether a release has that id: the same one may be known still, from an earlier try */
    Release release(Predicate<ReleaseId> known) {
        String qualifier = qualifier();
        Version version = base.id().version();
        for (int i = 1; ; i++) {
            ReleaseId id = new ReleaseId(
                    base.id().name(),
                    new Version(
                            version.getMajor(),
                            version.getMinor(),
                            version.getMicro(),
                            i == 1 ? qualifier : qualifier + "-" + i));
            if (!known.test(id)) {
                return new Release(
                        id,
                        new ArrayList<>(bundles.values()),
                        base.features()
                                .map(features -> features.derived(id.version().toString())));
            }
        }
    }

    // Of a release that was derived many times the last step is enough to tell it.
    private String qualifier() {
        List<String> words = List.copyOf(changes.values());
        String change =
                (words.size() == 1 ? words.get(0) : words.size() + "-changes").replaceAll("[^A-Za-z0-9_-]", "_");
        String before = base.id().version().getQualifier();
        String both = before.isEmpty() ? change : before + "-" + change;
        String told = both.length() <= LONGEST ? both : change;
        return told.length() <= LONGEST ? told : told.substring(told.length() - LONGEST);
    }

    /** Appups that the release before had brought, of what stays as it is. */
    Map<String, String> kept(Function<String, Optional<String>> appups) {
        Map<String, String> result = new HashMap<>();
        bundles.keySet().stream()
                .filter(name -> !changes.containsKey(name) || adopted.contains(name))
                .forEach(name -> appups.apply(name).ifPresent(text -> result.put(name, text)));
        return result;
    }
}
