// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.api.Direction;
import io.theseus.handler.internal.eval.Part;
import io.theseus.handler.internal.store.ReleaseStore;
import io.theseus.port.Snapshot;
import io.theseus.release.BundleSpec;
import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.relup.Appup;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Planned;
import io.theseus.relup.Planning;
import io.theseus.relup.Relup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Gathers what a plan depends on and has it made. Runs nothing. Thread safety: safe for use by many threads.
 */
final class Plans {
    private final Ports ports;
    private final Deciding deciding;
    private final ReleaseStore store;
    private final Supplier<List<Release>> unpacked;
    // By digest, so what is in here is always right; a container knows some hundred bundles in its life.
    private final Map<String, BundleFacts> known;
    private final Map<Source, Appup> appups;
    private final Set<String> again;

    /** @param unpacked the releases at hand: their appups may lead from one version to another */
    Plans(Ports ports, Deciding deciding, ReleaseStore store, Supplier<List<Release>> unpacked) {
        this.ports = ports;
        this.deciding = deciding;
        this.store = store;
        this.unpacked = unpacked;
        this.known = new ConcurrentHashMap<>();
        this.appups = new ConcurrentHashMap<>();
        this.again = Set.of();
    }

    private Plans(Plans plain, Set<String> again) {
        this.ports = plain.ports;
        this.deciding = plain.deciding;
        this.store = plain.store;
        this.unpacked = plain.unpacked;
        this.known = plain.known;
        this.appups = plain.appups;
        this.again = again;
    }

    /** Plans in which applications are installed a second time although they stay as they are. */
    Plans again(Set<String> applications) {
        return new Plans(this, applications);
    }

    /** A plan with the snapshot it was made from. */
    record Made(Planned planned, Snapshot snapshot) {
        /** @throws RefusedException with the problems of the plan */
        io.theseus.relup.Script script() {
            return planned.script().orElseThrow(() -> new RefusedException(problems()));
        }

        private List<Problem> problems() {
            List<Problem> problems = planned.plan().problems();
            return problems.isEmpty()
                    ? List.of(Problem.of("no-plan", planned.plan().to().toString(), "no script was made"))
                    : problems;
        }
    }

    Made plan(Release from, Release to) {
        return plan(from, to, ports.code().snapshot(), There.of(to, ports.configurations()));
    }

    /** The way to code that is warm, which needs nothing that its features bring. */
    Made rollback(Release from, Release to) {
        return plan(from, to, ports.code().snapshot(), There.everything(to));
    }

    private Made plan(Release from, Release to, Snapshot snapshot, Set<String> there) {
        Map<String, BundleFacts> facts = new HashMap<>();
        Map<String, Appup> appups = new HashMap<>();
        for (Release release : List.of(from, to)) {
            for (BundleSpec bundle : release.bundles()) {
                if (Files.exists(store.bundle(bundle.sha256()))) {
                    BundleFacts found = facts(bundle);
                    facts.put(bundle.sha256(), found);
                    appup(release, bundle, found).ifPresent(appup -> appups.put(bundle.sha256(), appup));
                }
            }
        }
        Planning planning = new Planning(
                from,
                to,
                snapshot,
                ports.switchboard().applications(),
                facts,
                appups,
                relups(from, to),
                others(from, to),
                there,
                again);
        return new Made(deciding.plan(planning), snapshot);
    }

    private List<Relup> relups(Release from, Release to) {
        return Stream.of(to.id(), from.id())
                .flatMap(id -> store.relup(id).map(text -> deciding.relup(id + "/relup.yaml", text)).stream())
                .toList();
    }

    /** Appups of other versions of what changes. */
    private Map<String, List<Appup>> others(Release from, Release to) {
        Map<String, List<Appup>> others = new HashMap<>();
        for (Release release : unpacked.get()) {
            for (BundleSpec bundle : release.applications()) {
                if (changes(bundle.symbolicName(), from, to) && Files.exists(store.bundle(bundle.sha256()))) {
                    appup(release, bundle, facts(bundle))
                            .ifPresent(appup -> others.computeIfAbsent(bundle.symbolicName(), any -> new ArrayList<>())
                                    .add(appup));
                }
            }
        }
        return others;
    }

    private static boolean changes(String name, Release from, Release to) {
        Optional<BundleSpec> old = from.bundle(name);
        Optional<BundleSpec> next = to.bundle(name);
        return old.isPresent()
                && next.isPresent()
                && !old.get().version().equals(next.get().version());
    }

    /**
     * The handovers of the way back; empty where there is no way back.
     *
     * @param snapshot of now
     */
    Map<Part, Handover> back(Release from, Release to, Snapshot snapshot) {
        Planned planned = plan(to, from, snapshot, There.everything(from)).planned();
        Map<Part, Handover> result = new HashMap<>();
        planned.script()
                .ifPresent(script -> script.instructions(Instruction.CodeChange.class)
                        .flatMap(change -> change.handovers().stream())
                        .forEach(h -> result.put(new Part(h.application(), h.component()), h)));
        return result;
    }

    /** A plan that does nothing, for a release that runs already. */
    static Plan nothing(Release release) {
        return new Plan(
                release.id(), release.id(), Direction.UP, List.of(), List.of(), List.of("it runs already"), List.of());
    }

    private BundleFacts facts(BundleSpec bundle) {
        return known.computeIfAbsent(bundle.sha256(), sha -> {
            try (InputStream jar = Files.newInputStream(store.bundle(sha))) {
                return deciding.facts(bundle.location(), jar);
            } catch (IOException e) {
                throw new RefusedException(
                        Problem.of("store", store.bundle(sha).toString(), "can not be read: " + e.getMessage()));
            }
        });
    }

    private Optional<Appup> appup(Release release, BundleSpec bundle, BundleFacts facts) {
        return facts.appup()
                .map(text -> read(bundle.location() + "!/" + BundleFacts.APPUP, text))
                .or(() -> store.appup(release.id(), bundle.symbolicName())
                        .map(text -> read(bundle.symbolicName() + ".yaml", text)));
    }

    private Appup read(String file, String text) {
        return appups.computeIfAbsent(new Source(file, text), source -> deciding.appup(file, text));
    }

    /** An appup is read once. One that can not be read is read again, and refused again. */
    private record Source(String file, String text) {}
}
