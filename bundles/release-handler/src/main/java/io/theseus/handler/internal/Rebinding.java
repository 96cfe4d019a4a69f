// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.port.Switchboard.Holder;
import io.theseus.release.ApplicationChange.Adopt;
import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code application:adopt}: brings applications that ran before Theseus came under stable services. Stable services are put in front
 * of what they had handed out; then each is installed a second time, as it is, and that copy takes over as a new version would. What was
 * handed out goes with the first one, when the release is made permanent.
 *
 * <p>Thread safety: used by the handler thread.
 */
final class Rebinding {
    private final Container container;
    private final Plans plans;
    private final Changing changing;
    private final Strangers strangers;

    Rebinding(Container container, Plans plans, Unpacking unpacking) {
        this.container = container;
        this.plans = plans;
        this.changing = new Changing(container, unpacking);
        this.strangers = new Strangers(container, unpacking);
    }

    Report adopt(List<Adopt> wanted, InstallOptions options, Asker who, Progress progress) {
        Release base = quiet(options);
        Snapshot snapshot = container.ports.code().snapshot();
        ReleaseId id = changing.derive(
                wanted, (change, derived, staging) -> strangers.adopt(change, derived, snapshot, staging));
        Set<String> names = wanted.stream().map(Adopt::application).collect(Collectors.toSet());
        try {
            Release to = container.releases().get(id).release();
            Release from = new Release(base.id(), to.bundles(), base.features());
            Set<String> held = held(names, to, snapshot);
            refuseLoss(held, snapshot);
            Plans again = plans.again(held);
            // Refused before anybody notices.
            again.plan(from, to).script();
            tell(held, snapshot, progress);
            return rebind(from, to, held, again, options, who, progress);
        } finally {
            if (!container.releases().current().release().id().equals(id)) {
                changing.forget(id);
            }
        }
    }

    private Report rebind(
            Release from,
            Release to,
            Set<String> names,
            Plans again,
            InstallOptions options,
            Asker who,
            Progress progress) {
        Installing installing = new Installing(container, again);
        container.ports.switchboard().front(names);
        try {
            Plans.Made made = again.plan(from, to);
            return installing.run(
                    "adopt", installing.course(from, to, made.script(), made.snapshot(), options, who), who, progress);
        } finally {
            if (!container.releases().current().release().id().equals(to.id())) {
                container.ports.switchboard().unfront(names);
            }
        }
    }

    /**
     * Those of which anything may be known, and the applications that hold it: they would be restarted when it goes. Of the others nobody
     * knows anything, so they only become part of the release.
     */
    private Set<String> held(Set<String> names, Release to, Snapshot snapshot) {
        List<Holder> holders = container.ports.switchboard().holders();
        Set<String> held = new TreeSet<>();
        container.ports.switchboard().early().stream().filter(names::contains).forEach(held::add);
        boolean more = true;
        while (more) {
            more = holders.stream()
                    .filter(holder -> held.contains(holder.application()))
                    .flatMap(holder -> snapshot.bundles().stream().filter(bundle -> bundle.id() == holder.bundle()))
                    .filter(bundle -> to.applications().stream()
                            .anyMatch(spec -> spec.symbolicName().equals(bundle.symbolicName())
                                    && spec.version().equals(bundle.version())))
                    .map(Installed::symbolicName)
                    .toList()
                    .stream()
                    .map(held::add)
                    .reduce(false, Boolean::logicalOr);
        }
        return held;
    }

    /** Whoever holds the first one must not do so longer than it takes, so there is no bake. */
    private Release quiet(InstallOptions options) {
        Release current = container.releases().current().release();
        if (container.releases().current().status() == ReleaseStatus.CURRENT) {
            throw new RefusedException(Problem.of("baking", "", "release " + current.id() + " is not permanent yet")
                    .withHint("make it permanent or roll it back first"));
        }
        if (options.bake().isPresent() || !options.makePermanent()) {
            throw new RefusedException(Problem.of(
                    "bad-argument",
                    "",
                    "what is adopted is permanent at once: whoever held it before must let go of it"));
        }
        return current;
    }

    /** A state that is handed over is out of reach of those who go on calling the first one. */
    private void refuseLoss(Set<String> names, Snapshot snapshot) {
        List<Installed> adopted = snapshot.bundles().stream()
                .filter(bundle -> names.contains(bundle.symbolicName()))
                .toList();
        List<String> stateful = adopted.stream()
                .filter(bundle ->
                        !container.ports.components().stateful(bundle.id()).isEmpty())
                .map(Installed::toString)
                .toList();
        Set<Long> ids = adopted.stream().map(Installed::id).collect(Collectors.toCollection(HashSet::new));
        List<Problem> problems = new ArrayList<>();
        outside(names, ids).forEach((holder, services) -> {
            if (!stateful.isEmpty() && services.stream().anyMatch(held -> !held.best())) {
                problems.add(
                        Problem.of(
                                        "raw-users",
                                        name(snapshot, holder),
                                        "holds " + text(services) + ", and might call the first copy of it when "
                                                + String.join(", ", stateful) + " has handed its state over")
                                .withHint(
                                        "adopt it with them, stop it meanwhile, or restart the container: then nothing is handed out"));
            }
        });
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
    }

    private void tell(Set<String> names, Snapshot snapshot, Progress progress) {
        Set<Long> ids = snapshot.bundles().stream()
                .filter(bundle -> names.contains(bundle.symbolicName()))
                .map(Installed::id)
                .collect(Collectors.toSet());
        outside(names, ids)
                .forEach((holder, services) -> progress.report(
                        "prepare",
                        name(snapshot, holder) + " holds " + text(services)
                                + ": it gets the stable one, and is told that the other goes",
                        Duration.ZERO));
    }

    /** Who else holds what was handed out, by bundle. */
    private Map<Long, List<Holder>> outside(Set<String> names, Set<Long> ids) {
        return container.ports.switchboard().holders().stream()
                .filter(holder -> names.contains(holder.application()) && !ids.contains(holder.bundle()))
                .collect(Collectors.groupingBy(Holder::bundle, TreeMap::new, Collectors.toList()));
    }

    private static String text(List<Holder> services) {
        return services.stream()
                .map(held -> held.service() + " of " + held.application())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String name(Snapshot snapshot, long id) {
        return snapshot.bundles().stream()
                .filter(bundle -> bundle.id() == id)
                .findFirst()
                .map(Installed::toString)
                .orElse("bundle " + id);
    }
}
