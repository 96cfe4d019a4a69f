// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.Derived.Brought;
import io.theseus.handler.internal.Fetching.Fetched;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.ApplicationChange.Adopt;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.StartType;
import io.theseus.release.UnmanagedInfo;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.ReleaseDraft.Entry;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bundles that run and are not, or not yet in all, under release handling. Thread safety: safe for use by many threads. */
final class Strangers {
    private final Container container;
    private final Unpacking unpacking;

    Strangers(Container container, Unpacking unpacking) {
        this.container = container;
        this.unpacking = unpacking;
    }

    /** Those that belong to no release and do something. */
    static List<UnmanagedInfo> unmanaged(Container container) {
        Set<Long> working = container.ports.code().working();
        return container.ports.code().snapshot().bundles().stream()
                .filter(bundle -> working.contains(bundle.id()) && !bundle.application())
                .sorted(Comparator.comparing(Installed::symbolicName).thenComparing(Installed::id))
                .map(bundle -> new UnmanagedInfo(
                        bundle.symbolicName(),
                        bundle.version().toString(),
                        bundle.id(),
                        bundle.startLevel() < Changing.START_LEVEL))
                .toList();
    }

    /** Takes one into a derived release. */
    void adopt(Adopt change, Derived derived, Snapshot snapshot, Path staging) {
        Optional<BundleSpec> known = derived.find(change.application());
        Installed there = installed(change.application(), known, snapshot);
        known.ifPresent(this::early);
        if (known.filter(spec -> !spec.sha256().isEmpty()).isPresent()) {
            derived.adopt(known.get());
            return;
        }
        if (known.isEmpty() && there.startLevel() < Changing.START_LEVEL) {
            throw refused(
                    "system-bundle",
                    there,
                    "runs at start level " + there.startLevel() + ", as what the container itself is made of does",
                    "if it is an application, give it start level " + Changing.START_LEVEL);
        }
        derived.adopt(fetch(there, staging));
    }

    private static Installed installed(String name, Optional<BundleSpec> known, Snapshot snapshot) {
        List<Installed> found = snapshot.named(name).stream()
                .filter(bundle -> known.filter(spec -> !spec.version().equals(bundle.version()))
                        .isEmpty())
                .toList();
        if (found.isEmpty()) {
            throw new RefusedException(
                    Problem.of("no-such-application", name, "no bundle of this symbolic name is installed")
                            .withHint("application:list --all shows what runs"));
        }
        Installed there = found.get(0);
        if (found.size() > 1) {
            throw refused(
                    "ambiguous-application",
                    there,
                    "is installed " + found.size() + " times",
                    "uninstall the others first");
        }
        if (!there.active() || there.fragment()) {
            throw refused("not-started", there, "does not run, so nothing of it is handed out", "start it first");
        }
        return there;
    }

    private void early(BundleSpec spec) {
        if (!container.ports.switchboard().early().contains(spec.symbolicName())) {
            throw new RefusedException(Problem.of(
                    "adopted-already",
                    spec.toString(),
                    "is in the release that runs, and none of its services was there before Theseus came"));
        }
    }

    /** What its location holds may be gone, or another version by now. */
    private Brought fetch(Installed there, Path staging) {
        Entry entry = new Entry(
                there.location(),
                Optional.empty(),
                Math.max(1, there.startLevel()),
                Optional.empty(),
                StartType.REQUIRED,
                there.toString());
        Fetched fetched = unpacking.fetch(entry, staging);
        BundleFacts facts = fetched.facts();
        if (!facts.symbolicName().equals(there.symbolicName())
                || !facts.version().equals(there.version())) {
            throw refused(
                    "other-content",
                    there,
                    "runs, but " + there.location() + " holds " + facts.symbolicName() + " " + facts.version() + " now",
                    "put its own file back, or install the other one: application:install");
        }
        if (Unpacking.role(facts, facts.appup().isPresent()) == BundleSpec.Role.LIBRARY) {
            throw refused(
                    "library",
                    there,
                    "is a library: it only gives packages to others, and hands no service out",
                    "name the applications that use it");
        }
        return new Brought(entry, fetched);
    }

    private static RefusedException refused(String code, Installed bundle, String text, String hint) {
        return new RefusedException(new Problem(code, bundle.toString(), text, hint));
    }
}
