// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Kept;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.handler.internal.eval.Problems;
import io.theseus.port.CodeServer.Start;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseHandler.Purge;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.Report;
import io.theseus.release.Report.Figure;
import io.theseus.release.Status.BusyCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * {@code make-permanent}: records the release first, with one rename, then drops the old generation. What a kill leaves undone
 * {@link Boot} does at the next start. Thread safety: used by the handler thread.
 */
final class MakingPermanent {
    private final Container container;

    MakingPermanent(Container container) {
        this.container = container;
    }

    Report makePermanent(ReleaseId id, PermanentOptions options, Asker who, Progress progress) {
        ReleaseInfo info = container.releases().get(id);
        Transitions.next(info, Transitions.Action.MAKE_PERMANENT);
        Kept kept = container
                .kept()
                .orElseThrow(() -> new RefusedException(
                        Problem.of("bad-status", "", "release " + id + " is not the one that runs")));
        container.store.needRoom(1_000_000);
        List<BusyCall> left = container.ports.switchboard().awaitIdle(InstallOptions.DEFAULT.drainTimeout());
        List<BusyCall> spared = left.stream()
                .filter(call -> options.purge() == Purge.SOFT || kept.soft().contains(call.application()))
                .toList();
        if (!spared.isEmpty()) {
            throw inUse(kept, spared);
        }
        Outsiders outsiders = options.refresh() ? Outsiders.of(kept, container.ports.code()) : Outsiders.NONE;
        ReleaseId from = container.releases().permanent().release().id();
        Operation operation = container.begin("make-permanent", from, id, who, progress);
        try {
            commit(info.release(), operation);
            container.keep(Optional.empty());
            purge(info.release(), kept, operation);
            outsiders.refresh(container.ports.code(), operation);
            container.peace.end();
            tellKaraf(id, operation);
            return operation.end(Report.Outcome.DONE);
        } catch (RefusedException e) {
            operation.problems(e.problems());
            operation.end(Report.Outcome.REFUSED);
            throw e;
        } finally {
            container.ended();
        }
    }

    /** Records it: from here on every start of the container leads to it. */
    void commit(Release release, Operation operation) {
        try {
            operation.step(
                    "purge",
                    "record " + release.id() + " as permanent",
                    () -> container.save(container.releases().withPermanent(release, container.clock.instant())));
        } catch (Exception | Error e) {
            // The outcome may be all that could not be written. What RELEASES says counts.
            if (!container.releases().permanent().release().id().equals(release.id())) {
                throw new RefusedException(Problems.of(e, "RELEASES"));
            }
            operation.problems(Problems.of(e, "RELEASES"));
        }
    }

    private void purge(Release release, Kept kept, Operation operation) {
        Ports ports = container.ports;
        RollingBack.attempt(
                operation, "settle configurations", () -> ports.configurations().settle());
        startWithContainer(release, any -> true, ports, operation);
        RollingBack.attempt(
                operation,
                "drop generation",
                () -> operation.figure(Figure.INTERRUPTED, ports.switchboard().drop()));
        for (long bundle : kept.retired()) {
            RollingBack.attempt(
                    operation, "uninstall bundle " + bundle, () -> ports.code().uninstall(bundle));
        }
        kept.pairs()
                .forEach((old, next) -> RollingBack.attempt(
                        operation,
                        "settle belongings of bundle " + next,
                        () -> ports.belongings().settle(old, next)));
    }

    /** What runs of a release starts with the container from now on. */
    static void startWithContainer(Release release, LongPredicate which, Ports ports, Operation operation) {
        List<Installed> there = new ArrayList<>();
        RollingBack.attempt(
                operation,
                "look which bundles are there",
                () -> there.addAll(ports.code().snapshot().bundles()));
        there.stream()
                .filter(installed -> which.test(installed.id()))
                .filter(installed -> release.bundle(installed.symbolicName())
                        .filter(b -> b.version().equals(installed.version())
                                && b.type().starts())
                        .isPresent())
                .filter(installed -> !installed.persistent() && installed.active())
                .forEach(installed -> RollingBack.attempt(
                        operation,
                        "start " + installed + " with the container",
                        () -> ports.code().persist(installed.id(), Start.PERSISTENT)));
    }

    /** Last: until then a kill would find what the old bundles leave to the new ones unsettled. */
    private void tellKaraf(ReleaseId id, Operation operation) {
        if (container.adopting.possible()) {
            RollingBack.attempt(
                    operation, "let Karaf require " + id, () -> operation.problems(container.adopting.adopt()));
        }
    }

    private static RefusedException inUse(Kept kept, List<BusyCall> left) {
        return new RefusedException(left.stream()
                .map(call -> Problem.of(
                                "old-code-in-use",
                                kept.from().id().toString(),
                                call.thread() + " still runs in " + call.application())
                        .withHint(
                                kept.soft().contains(call.application())
                                        ? "wait: its appup has post_purge: soft"
                                        : "wait, or purge brutally"))
                .collect(Collectors.toList()));
    }
}
