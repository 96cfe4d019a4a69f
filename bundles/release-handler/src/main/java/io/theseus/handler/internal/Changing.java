// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.api.Direction;
import io.theseus.handler.internal.Fetching.Fetched;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.ReleaseDraft.Entry;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * {@code application:upgrade} and {@code downgrade}: derives a release from the current one, with one bundle replaced.
 * {@code shop/2.0.0} with pricing 1.1.0 becomes {@code shop/2.0.0.pricing-1_1_0}. Thread safety: used by the handler thread.
 */
final class Changing {
    private final Container container;
    private final Unpacking unpacking;

    Changing(Container container, Unpacking unpacking) {
        this.container = container;
        this.unpacking = unpacking;
    }

    /** Stores the derived release. @return its id */
    ReleaseId derive(Direction direction, String application, URI bundle) {
        Release current = container.releases().current().release();
        BundleSpec old = current.bundle(application).orElseThrow(() -> noSuch(application, current));
        Entry entry =
                new Entry(bundle.toString(), Optional.empty(), old.startLevel(), Optional.empty(), old.type(), "");
        try {
            Fetched fetched = unpacking.fetch(entry, container.store.staging());
            BundleFacts facts = fetched.facts();
            check(direction, old, facts, bundle);
            facts.appup().ifPresent(text -> unpacking.appup(bundle + "!/" + BundleFacts.APPUP, text, facts.version()));
            BundleSpec next = new BundleSpec(
                    application,
                    facts.version(),
                    bundle.toString(),
                    fetched.sha256(),
                    old.startLevel(),
                    old.role(),
                    old.type());
            List<BundleSpec> bundles = current.bundles().stream()
                    .map(each -> each.equals(old) ? next : each)
                    .toList();
            ReleaseId id = id(current.id(), application, facts.version());
            Release derived = new Release(
                    id,
                    bundles,
                    current.features()
                            .map(features -> features.derived(id.version().toString())));
            unpacking.store(
                    derived, Map.of(fetched.sha256(), fetched.file()), appups(current, application), Optional.empty());
            return derived.id();
        } finally {
            container.store.sweep(container.releases());
        }
    }

    /** Forgets a derived release whose install was refused. */
    void forget(ReleaseId derived) {
        container.save(container.releases().removed(derived));
        container.store.sweep(container.releases());
    }

    private static void check(Direction direction, BundleSpec old, BundleFacts facts, URI bundle) {
        if (!facts.symbolicName().equals(old.symbolicName())) {
            throw new RefusedException(Problem.of(
                    "no-such-application",
                    bundle.toString(),
                    "is " + facts.symbolicName() + ", not " + old.symbolicName()));
        }
        int compared = facts.version().compareTo(old.version());
        if (direction == Direction.UP ? compared <= 0 : compared >= 0) {
            throw new RefusedException(Problem.of(
                            "wrong-direction",
                            bundle.toString(),
                            "version " + facts.version() + " is not "
                                    + (direction == Direction.UP ? "above " : "below ") + old.version()
                                    + ", which runs")
                    .withHint(compared == 0 ? "" : "use application:" + (compared > 0 ? "upgrade" : "downgrade")));
        }
    }

    // The same derived release may be known still, from an earlier try.
    private ReleaseId id(ReleaseId current, String application, Version version) {
        String name = application.substring(application.lastIndexOf('.') + 1);
        String change = (name + "-" + version).replaceAll("[^A-Za-z0-9_-]", "_");
        Version base = current.version();
        String qualifier = base.getQualifier().isEmpty() ? change : base.getQualifier() + "-" + change;
        for (int i = 1; ; i++) {
            Version derived = new Version(
                    base.getMajor(), base.getMinor(), base.getMicro(), i == 1 ? qualifier : qualifier + "-" + i);
            ReleaseId id = new ReleaseId(current.name(), derived);
            if (container.releases().find(id).isEmpty()) {
                return id;
            }
        }
    }

    private Map<String, String> appups(Release release, String replaced) {
        Map<String, String> result = new HashMap<>();
        for (BundleSpec bundle : release.bundles()) {
            if (!bundle.symbolicName().equals(replaced)) {
                container
                        .store
                        .appup(release.id(), bundle.symbolicName())
                        .ifPresent(text -> result.put(bundle.symbolicName(), text));
            }
        }
        return result;
    }

    private static RefusedException noSuch(String application, Release release) {
        return new RefusedException(Problem.of(
                        "no-such-application", "", application + " is not in release " + release.id())
                .withHint("its applications are "
                        + String.join(
                                ", ",
                                release.applications().stream()
                                        .map(BundleSpec::symbolicName)
                                        .toList())));
    }
}
