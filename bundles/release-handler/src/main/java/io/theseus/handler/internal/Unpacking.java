// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.Fetching.Copy;
import io.theseus.handler.internal.Fetching.Fetched;
import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.handler.internal.store.Whole;
import io.theseus.release.BundleSpec;
import io.theseus.release.BundleSpec.Role;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.relup.Appup;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.ReleaseDraft;
import io.theseus.relup.ReleaseDraft.Entry;
import io.theseus.relup.Relup;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Version;

/**
 * {@code unpack}: fetches and verifies everything into a folder of its own, finds all that is wrong, and stores it only when
 * nothing is. Thread safety: used by the handler thread.
 */
final class Unpacking {
    private static final long RESERVE = 20_000_000;
    private final Container container;
    private final Fetching fetching;

    Unpacking(Container container, Fetching fetching) {
        this.container = container;
        this.fetching = fetching;
    }

    /**
     * @param name of the operation: {@code unpack, set-unpacked}
     * @param features of a feature repository; none: all
     */
    ReleaseInfo unpack(String name, URI source, List<String> features, Asker who) {
        container.store.needRoom(RESERVE);
        byte[] text = new Fetching(container.deciding).text(source.toString(), "", "bad-release-file");
        ReleaseDraft draft =
                container.deciding.draft(source.toString(), text, features, new KnownFeatures(container.ports, source));
        ReleaseId id = new ReleaseId(draft.name(), draft.version());
        ReleaseId current = container.releases().current().release().id();
        Operation operation = container.begin(name, current, id, who, Progress.SILENT);
        draft.rules().forEach(told -> operation.problem(Problem.of("karaf-rule", id.toString(), told)));
        draft.conditions().forEach(told -> operation.problem(Problem.of("condition", id.toString(), told)));
        try {
            Whole whole = whole(draft, id, operation);
            ReleaseInfo info = container.releases().find(id).isPresent()
                    ? new UnpackingAgain(container).unpack(whole, source, operation)
                    : store(whole);
            operation.end(Report.Outcome.DONE);
            return info;
        } catch (RefusedException e) {
            operation.problems(e.problems());
            operation.end(Report.Outcome.REFUSED);
            throw e;
        } finally {
            container.ended();
            container.store.sweep(container.releases());
        }
    }

    /** Stores a release whose id is not known. */
    ReleaseInfo store(Whole whole) {
        Release release = whole.release();
        container.store.add(whole);
        container.save(container.releases().with(release, ReleaseStatus.UNPACKED, container.clock.instant()));
        return container.releases().get(release.id());
    }

    private Whole whole(ReleaseDraft draft, ReleaseId id, Operation operation) {
        Path staging = container.store.staging();
        List<Problem> problems = new ArrayList<>();
        List<BundleSpec> bundles = new ArrayList<>();
        Map<String, Path> jars = new HashMap<>();
        Map<String, Path> files = new HashMap<>();
        Map<String, String> brought = new HashMap<>();
        Map<String, String> appups = new HashMap<>();
        Set<String> names = new HashSet<>();
        Overriding overriding = new Overriding(draft.originals(), entry -> fetch(entry, staging), operation);
        MadeAnew madeAnew = new MadeAnew(container.deciding, container.store, container.releases());
        for (Entry listed : draft.bundles()) {
            collect(problems, () -> {
                Overriding.Choice choice = overriding.choose(listed);
                Entry entry = choice.entry();
                Fetched fetched = choice.fetched();
                BundleFacts facts = fetched.facts();
                if (!names.add(facts.symbolicName())) {
                    throw refused(
                            "duplicate-application",
                            entry.where(),
                            facts.symbolicName() + " is in it twice",
                            "remove one of the two");
                }
                Optional<String> known = madeAnew.known(entry.location(), fetched);
                if (known.isEmpty()) {
                    jars.put(fetched.sha256(), fetched.file());
                }
                bundles.add(new BundleSpec(
                        facts.symbolicName(),
                        facts.version(),
                        entry.location(),
                        known.orElse(fetched.sha256()),
                        entry.startLevel(),
                        entry.role().orElse(role(facts, draft)),
                        entry.type()));
                operation.progress("prepare", "fetched " + facts.symbolicName() + " " + facts.version());
                facts.appup()
                        .ifPresent(text -> appup(entry.location() + "!/" + BundleFacts.APPUP, text, facts.version()));
            });
        }
        draft.appups()
                .forEach((name, entry) -> collect(problems, () -> {
                    String text = new String(
                            fetching.text(entry.location(), entry.where(), "bad-appup"), StandardCharsets.UTF_8);
                    Version version = bundles.stream()
                            .filter(b -> b.symbolicName().equals(name))
                            .map(BundleSpec::version)
                            .findFirst()
                            .orElseThrow(() -> refused(
                                    "bad-release-file",
                                    entry.where(),
                                    "an appup for " + name + ", which is not in it",
                                    "name a bundle of the release"));
                    appup(entry.location(), text, version);
                    appups.put(name, text);
                }));
        draft.files()
                .forEach((goes, entry) -> collect(problems, () -> {
                    Copy copy = fetching.file(entry.location(), entry.where(), staging, "missing-file");
                    files.put(copy.sha256(), copy.file());
                    brought.put(goes, copy.sha256());
                    operation.progress("prepare", "fetched " + goes);
                }));
        List<String> relups = new ArrayList<>();
        draft.relup().ifPresent(entry -> collect(problems, () -> relups.add(relup(entry, id))));
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        return new Whole(
                new Release(id, bundles, Optional.of(draft.features().bringing(brought))),
                jars,
                files,
                appups,
                relups.stream().findFirst());
    }

    Fetched fetch(Entry entry, Path staging) {
        Fetched fetched = fetching.bundle(entry.location(), entry.where(), staging);
        String name = fetched.facts().symbolicName();
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw refused(
                    "bad-bundle",
                    entry.where(),
                    "'" + name + "' is no symbolic name",
                    "mend the manifest of the bundle");
        }
        entry.sha256()
                .filter(wanted -> !wanted.equalsIgnoreCase(fetched.sha256()))
                .ifPresent(wanted -> {
                    throw refused(
                            "wrong-digest",
                            entry.where(),
                            entry.location() + " has the SHA-256 " + fetched.sha256() + ", the release says " + wanted,
                            "fetch or build the bundle again, or correct its sha256 in the release");
                });
        return fetched;
    }

    private String relup(Entry entry, ReleaseId id) {
        String text = new String(fetching.text(entry.location(), entry.where(), "bad-relup"), StandardCharsets.UTF_8);
        Relup relup = container.deciding.relup(entry.location(), text);
        if (!relup.release().equals(id)) {
            throw refused(
                    "relup-version",
                    entry.where(),
                    "the relup is for release " + relup.release() + ", this is " + id,
                    "set its 'release' and 'version'");
        }
        return text;
    }

    Appup appup(String file, String text, Version version) {
        Appup appup = container.deciding.appup(file, text);
        if (!appup.version().equals(version)) {
            throw new RefusedException(Problem.of(
                            "appup-version",
                            file,
                            "the appup is for version " + appup.version() + ", the bundle has " + version)
                    .withHint("set its 'version' to " + version + " and say how to get there"));
        }
        return appup;
    }

    /** An application, unless it does nothing but give packages to others. */
    static Role role(BundleFacts facts, boolean appup) {
        boolean passive = facts.components().isEmpty()
                && !facts.activator()
                && !facts.blueprint()
                && !facts.webApplication()
                && !appup;
        return passive && !facts.exports().isEmpty() ? Role.LIBRARY : Role.APPLICATION;
    }

    private static Role role(BundleFacts facts, ReleaseDraft draft) {
        return role(facts, facts.appup().isPresent() || draft.appups().containsKey(facts.symbolicName()));
    }

    private static void collect(List<Problem> problems, Runnable part) {
        try {
            part.run();
        } catch (RefusedException e) {
            problems.addAll(e.problems());
        }
    }

    private static RefusedException refused(String code, String where, String text, String hint) {
        return new RefusedException(new Problem(code, where, text, hint));
    }
}
