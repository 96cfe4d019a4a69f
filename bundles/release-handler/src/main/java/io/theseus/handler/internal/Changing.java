// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.api.Direction;
import io.theseus.handler.internal.Derived.Brought;
import io.theseus.handler.internal.Fetching.Fetched;
import io.theseus.handler.internal.store.Whole;
import io.theseus.release.ApplicationChange;
import io.theseus.release.ApplicationChange.Add;
import io.theseus.release.ApplicationChange.Adopt;
import io.theseus.release.ApplicationChange.Remove;
import io.theseus.release.ApplicationChange.Replace;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.StartType;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.ReleaseDraft.Entry;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commands of the scope {@code application}, and files in the deploy folder: derives a release from the current one, with bundles
 * replaced, added or removed. Thread safety: used by the handler thread.
 */
final class Changing {
    /**
     * Of what is added; the deploy folder is watched from there on too. Karaf gives it to bundles of which nobody says anything else, and lower
     * ones to what it is made of itself.
     */
    static final int START_LEVEL = 80;

    /** The operation that changes nothing but who is handed what. */
    static final String ADOPT = "adopt";

    private final Container container;
    private final Unpacking unpacking;

    Changing(Container container, Unpacking unpacking) {
        this.container = container;
        this.unpacking = unpacking;
    }

    /** The operation. */
    static String name(List<ApplicationChange> changes) {
        if (!changes.isEmpty() && changes.stream().allMatch(Adopt.class::isInstance)) {
            return ADOPT;
        }
        if (changes.size() != 1) {
            return "change";
        } else if (changes.get(0) instanceof Replace replace) {
            return replace.direction() == Direction.UP ? "upgrade" : "downgrade";
        }
        return changes.get(0) instanceof Add ? "add-application" : "remove-application";
    }

    /** What is changed, for who asks what is being done. */
    static String subject(List<ApplicationChange> changes) {
        if (changes.size() != 1) {
            return changes.size() + " applications";
        } else if (changes.get(0) instanceof Add add) {
            return add.bundle().toString();
        }
        if (changes.get(0) instanceof Adopt adopt) {
            return adopt.application();
        }
        return changes.get(0) instanceof Replace replace
                ? replace.application()
                : ((Remove) changes.get(0)).application();
    }

    /** Stores the derived release. @return its id */
    ReleaseId derive(List<ApplicationChange> changes) {
        return derive(changes, this::apply);
    }

    /** How one change is made. */
    interface Applying<C> {
        void apply(C change, Derived derived, Path staging);
    }

    <C extends ApplicationChange> ReleaseId derive(List<C> changes, Applying<C> applying) {
        Release current = container.releases().current().release();
        started(current);
        Derived derived = new Derived(current);
        List<Problem> problems = new ArrayList<>();
        Path staging = container.store.staging();
        try {
            for (C change : changes) {
                try {
                    applying.apply(change, derived, staging);
                } catch (RefusedException e) {
                    problems.addAll(e.problems());
                }
            }
            if (changes.isEmpty()) {
                problems.add(Problem.of("no-such-application", "", "nothing is to be changed"));
            }
            if (!problems.isEmpty()) {
                throw new RefusedException(problems);
            }
            Release release =
                    derived.release(id -> container.releases().find(id).isPresent());
            unpacking.store(new Whole(
                    release,
                    derived.files(),
                    Map.of(),
                    derived.kept(name -> container.store.appup(current.id(), name)),
                    Optional.empty()));
            return release.id();
        } finally {
            container.store.sweep(container.releases());
        }
    }

    /** Forgets a derived release whose install was refused. */
    void forget(ReleaseId derived) {
        container.save(container.releases().removed(derived));
        container.store.sweep(container.releases());
    }

    // A file that was taken away while the container was down is found missing before everything has started.
    private void started(Release current) {
        int highest = current.bundles().stream()
                .mapToInt(BundleSpec::startLevel)
                .max()
                .orElse(1);
        if (!container.ports.code().reached(Math.min(highest, START_LEVEL))) {
            throw new RefusedException(
                    Problem.of("busy", "", "the container is still starting").withHint("wait until it is up"));
        }
    }

    private void apply(ApplicationChange change, Derived derived, Path staging) {
        if (change instanceof Replace replace) {
            outsider(derived, replace.application());
            BundleSpec old = derived.base(replace.application());
            Brought brought = fetch(replace.bundle(), old.startLevel(), old.type(), staging);
            check(replace.direction(), old, brought, replace.bundle());
            derived.replace(old, brought);
        } else if (change instanceof Add add) {
            Brought brought = fetch(add.bundle(), START_LEVEL, StartType.REQUIRED, staging);
            outsider(derived, brought.facts().symbolicName());
            unmanaged(brought.facts(), add.bundle());
            derived.add(brought);
        } else if (change instanceof Remove remove) {
            derived.remove(derived.base(remove.application()));
        } else {
            throw new RefusedException(
                    Problem.of("bad-argument", "", "what is adopted stays as it is: adopt it in a step of its own"));
        }
    }

    private Brought fetch(URI bundle, int startLevel, StartType type, Path staging) {
        Entry entry = new Entry(bundle.toString(), Optional.empty(), startLevel, Optional.empty(), type, "");
        Fetched fetched = unpacking.fetch(entry, staging);
        BundleFacts facts = fetched.facts();
        facts.appup().ifPresent(text -> unpacking.appup(bundle + "!/" + BundleFacts.APPUP, text, facts.version()));
        return new Brought(entry, fetched);
    }

    private static void check(Direction direction, BundleSpec old, Brought brought, URI bundle) {
        BundleFacts facts = brought.facts();
        if (!facts.symbolicName().equals(old.symbolicName())) {
            throw new RefusedException(Problem.of(
                    "no-such-application",
                    bundle.toString(),
                    "is " + facts.symbolicName() + ", not " + old.symbolicName()));
        }
        if (direction == Direction.UP && rebuilt(old, brought)) {
            return;
        }
        int compared = facts.version().compareTo(old.version());
        if (direction == Direction.UP ? compared <= 0 : compared >= 0) {
            throw new RefusedException(Problem.of(
                            "wrong-direction",
                            bundle.toString(),
                            "version " + facts.version() + " is not "
                                    + (direction == Direction.UP ? "above " : "below ") + old.version()
                                    + ", which runs")
                    .withHint(
                            compared == 0
                                    ? "another build of this version is taken by application:upgrade"
                                    : "use application:" + (compared > 0 ? "upgrade" : "downgrade")));
        }
    }

    /** Another build of the version that runs: a snapshot, say. */
    private static boolean rebuilt(BundleSpec old, Brought brought) {
        return brought.facts().version().equals(old.version())
                && !old.mayHave(brought.fetched().sha256());
    }

    /** What runs, is in no release and stays as it is: to ask for its being uninstalled would be bad advice. */
    private void outsider(Derived derived, String name) {
        Optional.ofNullable(container.ports.code().snapshot().sticky().get(name))
                .filter(why -> derived.find(name).isEmpty())
                .ifPresent(why -> {
                    throw new RefusedException(
                            Problem.of("sticky", name, "must not change while the container runs: " + why)
                                    .withHint("upgrade it as Karaf itself is upgraded, with the container down"));
                });
    }

    /** A second bundle beside one that nobody replaces would do its work twice. */
    private void unmanaged(BundleFacts facts, URI bundle) {
        container.ports.code().snapshot().named(facts.symbolicName()).stream()
                .filter(there -> container.releases().all().stream()
                        .flatMap(info -> info.release().bundle(there.symbolicName()).stream())
                        .noneMatch(known -> known.version().equals(there.version())))
                .findFirst()
                .ifPresent(there -> {
                    throw new RefusedException(Problem.of(
                                    "unmanaged",
                                    bundle.toString(),
                                    there + " is installed as bundle " + there.id() + " and belongs to no release")
                            .withHint("uninstall that one first"));
                });
    }
}
