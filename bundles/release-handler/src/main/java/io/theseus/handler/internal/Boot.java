// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.store.ReleaseStore;
import io.theseus.handler.internal.store.Releases;
import io.theseus.port.CodeServer.Start;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.BundleSpec;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.StartType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the container to its permanent release when it starts, whatever the last run was in the middle of. Does only what is
 * missing: in a container that was stopped in peace that is nothing. Before the applications' start level is reached.
 */
final class Boot {
    private static final Logger LOG = LoggerFactory.getLogger(Boot.class);
    private final Ports ports;
    private final ReleaseStore store;
    private final FirstRelease first;
    private final Clock clock;

    Boot(Ports ports, ReleaseStore store, Fetching fetching, Clock clock) {
        this.ports = ports;
        this.store = store;
        this.first = new FirstRelease(ports, store, fetching, clock);
        this.clock = clock;
    }

    /**
     * The releases, with none current: a restart leads to the permanent one. Written when that changes them.
     *
     * @param trial the release that this start tries
     * @param ended hears of a release that is no longer current
     */
    Releases releases(Optional<ReleaseId> trial, Consumer<ReleaseInfo> ended) {
        Optional<Releases> stored = store.read();
        Releases before = stored.orElseGet(first::record);
        List<ReleaseInfo> restarted = new ArrayList<>();
        for (ReleaseInfo info : before.all()) {
            if (trial.filter(info.release().id()::equals).isPresent()) {
                restarted.add(info);
                continue;
            }
            ReleaseStatus next =
                    Transitions.next(info, Transitions.Action.RESTART).orElseThrow();
            Instant since = next == info.status() ? info.since() : clock.instant();
            if (info.status() == ReleaseStatus.CURRENT || info.status() == ReleaseStatus.TMP_CURRENT) {
                ended.accept(info);
            }
            restarted.add(new ReleaseInfo(info.release(), next, since));
        }
        Releases after = new Releases(restarted);
        if (!stored.equals(Optional.of(after))) {
            write(after, stored.isPresent());
        }
        return after;
    }

    // Its bundles may be kept down by a trial: it must run even if that can not be recorded.
    private void write(Releases after, boolean known) {
        try {
            store.write(after);
        } catch (RefusedException e) {
            if (known) {
                reconcile(after);
            }
            throw e;
        }
    }

    /** Makes the bundles those of the permanent release. */
    void reconcile(Releases releases) {
        ports.switchboard().declare(releases.applications());
        ports.belongings().recover();
        giveConfigurationsBack(releases.permanent().release().id());
        store.sweep(releases);
        Release permanent = releases.permanent().release();
        Snapshot snapshot = ports.code().snapshot();
        Map<Long, Installed> leaving = new LinkedHashMap<>();
        for (ReleaseInfo info : releases.all()) {
            for (BundleSpec bundle : info.release().bundles()) {
                if (!contains(permanent, bundle)) {
                    snapshot.all(bundle.symbolicName(), bundle.version())
                            .filter(found -> leftOver(found, bundle, info.status()))
                            .forEach(found -> leaving.put(found.id(), found));
                }
            }
        }
        Copies copies = new Copies(ports, store, releases);
        Map<Long, Long> replaced = new LinkedHashMap<>();
        for (BundleSpec bundle : permanent.bundles()) {
            copies.leftOver(bundle, snapshot).ifPresent(left -> leaving.put(left.id(), left));
            copies.kept(bundle, snapshot)
                    .ifPresent(kept -> Copies.others(kept, snapshot).forEach(other -> {
                        leaving.put(other.id(), other);
                        if (other.id() < kept.id()) {
                            replaced.put(other.id(), kept.id());
                        }
                    }));
        }
        Snapshot staying = snapshot.without(bundle -> leaving.containsKey(bundle.id()));
        Map<Long, Long> successions = new LinkedHashMap<>();
        Map<Long, BundleSpec> brought = new LinkedHashMap<>();
        for (BundleSpec bundle : permanent.bundles()) {
            bring(bundle, staying, snapshot).ifPresent(id -> {
                brought.put(id, bundle);
                leaving.values().stream()
                        .filter(left -> left.symbolicName().equals(bundle.symbolicName()) && left.id() != id)
                        .filter(left -> snapshot.find(bundle.symbolicName(), bundle.version())
                                .isEmpty())
                        .forEach(left -> successions.put(left.id(), id));
            });
        }
        successions.forEach((from, to) -> attempt(() -> ports.belongings().share(from, to)));
        leaving.values().forEach(this::remove);
        successions.putAll(replaced);
        successions.forEach((from, to) -> attempt(() -> ports.belongings().settle(from, to)));
        start(brought);
    }

    private static void attempt(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.error("Belongings do not follow into the permanent release: {}", e.getMessage());
        }
    }

    private void giveConfigurationsBack(ReleaseId permanent) {
        try {
            ports.configurations().recover(permanent.toString());
        } catch (RefusedException e) {
            LOG.error("Configurations that an install had changed are not given back: {}", e.getMessage());
        }
    }

    // A bundle of a release that never was permanent is started for one run only. If it starts with the container, then
    // somebody else installed it, and it is not ours to remove.
    private static boolean leftOver(Installed found, BundleSpec bundle, ReleaseStatus status) {
        return bundle.isAt(found.location()) && (status == ReleaseStatus.OLD || !found.persistent());
    }

    private void remove(Installed bundle) {
        LOG.info("Uninstalling {}, which is not in the permanent release", bundle);
        try {
            ports.code().uninstall(bundle.id());
        } catch (RuntimeException e) {
            LOG.error("{} can not be uninstalled and stays beside the permanent release", bundle, e);
        }
    }

    /** The id of one that the container would not start. */
    private Optional<Long> bring(BundleSpec bundle, Snapshot staying, Snapshot all) {
        Optional<Installed> found = staying.find(bundle.symbolicName(), bundle.version());
        boolean another = all.find(bundle.symbolicName(), bundle.version()).isPresent();
        try {
            if (found.isEmpty() && Files.exists(store.bundle(bundle.sha256()))) {
                LOG.info("Installing {} of the permanent release from the store", bundle);
                Path file = store.verified(bundle.sha256());
                return Optional.of(
                        another
                                ? ports.code().installAnother(bundle, file)
                                : ports.code().install(bundle, file));
            } else if (found.isEmpty()) {
                LOG.error("{} of the permanent release is neither installed nor in the store", bundle);
            } else if (!found.get().persistent()) {
                return Optional.of(found.get().id());
            }
        } catch (RuntimeException e) {
            LOG.error("{} of the permanent release can not be brought back: {}", bundle, e.getMessage());
        }
        return Optional.empty();
    }

    private void start(Map<Long, BundleSpec> brought) {
        ports.code().snapshot().bundles().stream().filter(Installed::fragment).forEach(f -> brought.remove(f.id()));
        List<Long> loaded = new ArrayList<>();
        brought.forEach((id, bundle) -> {
            if (bundle.type().starts()) {
                start(id, bundle);
            } else if (bundle.type() == StartType.LOADED) {
                loaded.add(id);
            }
        });
        try {
            if (!loaded.isEmpty()) {
                ports.code().resolve(loaded);
            }
        } catch (RuntimeException e) {
            LOG.warn("The permanent release is not loaded completely: {}", e.getMessage());
        }
    }

    // A persistent start is enough: below its start level the container does it in a moment.
    private void start(long id, BundleSpec bundle) {
        try {
            ports.code().start(id, Start.PERSISTENT);
        } catch (RuntimeException e) {
            String what = bundle.type() == StartType.OPTIONAL ? "An optional bundle" : "A bundle";
            LOG.warn("{} of the permanent release does not start: {}", what, e.getMessage());
        }
    }

    static boolean contains(Release release, BundleSpec bundle) {
        return release.bundle(bundle.symbolicName())
                .filter(b -> b.version().equals(bundle.version()))
                .isPresent();
    }
}
