// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.release.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Makes the other side able to serve, and says where it is not fit to. */
public final class Warm {
    private static final String NOT_SIDE_BY_SIDE = "not-side-by-side";

    private final Directory directory;
    private final BundleContext context;

    public Warm(Directory directory, BundleContext context) {
        this.directory = directory;
        this.context = context;
    }

    /** Obtains the targets of the other side for all that have one on the current side. */
    public List<Problem> warm() {
        List<Problem> problems = new ArrayList<>();
        Lineup lineup = directory.lineup();
        for (StableService service : directory.of(lineup.moving())) {
            Raw next = service.raw(lineup.other());
            Raw now = service.raw(lineup.current());
            if (next == null || next == now) {
                // What serves on both sides is in use already.
                continue;
            }
            if (now == null) {
                stranger(service, lineup).ifPresent(problems::add);
            }
            for (StableInstance instance : service.instances()) {
                obtain(instance, service, lineup.other()).ifPresent(problems::add);
            }
        }
        lineup.only().forEach((id, side) -> {
            // What has no like on the current side is there once, whatever it offers.
            Long like = side == lineup.other() ? lineup.counterpart(id) : null;
            if (like != null && runs(id)) {
                problems.addAll(raw(id));
                problems.addAll(raw(like));
            }
            if (side == lineup.other()) {
                problems.addAll(unresumed(id));
            }
        });
        return problems;
    }

    private List<Problem> unresumed(long id) {
        Bundle bundle = context.getBundle(id);
        return bundle == null
                ? List.of()
                : directory.unresumed(id).stream()
                        .map(text -> Problem.of("resume-failed", bundle.toString(), text))
                        .toList();
    }

    private boolean runs(long id) {
        Bundle bundle = context.getBundle(id);
        return bundle != null && (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE)) != 0;
    }

    private List<Problem> raw(long id) {
        Bundle bundle = context.getBundle(id);
        return bundle == null
                ? List.of()
                : directory.raw(bundle).stream()
                        .map(text -> Problem.of(NOT_SIDE_BY_SIDE, bundle.toString(), text))
                        .toList();
    }

    private static Optional<Problem> obtain(StableInstance instance, StableService service, int side) {
        try {
            // A consumer may let go of its instance meanwhile.
            if (instance.obtainOrThrow(side) != null || !service.instances().contains(instance)) {
                return Optional.empty();
            }
            return Optional.of(Problem.of(
                    "service-not-available",
                    service.application(),
                    "the service under " + service.name() + " can not be had"));
        } catch (Exception e) {
            return Optional.of(Problem.of(
                    "service-does-not-begin",
                    service.application(),
                    "the service under " + service.name() + " could not begin its life: " + e));
        }
    }

    /**
     * A service that only the other side offers although the current one offers its like: its interface is another class. Only
     * a consumer that stays notices: who changes sides too has the other class there, and an interface of the application's own others
     * do not even see.
     */
    private Optional<Problem> stranger(StableService service, Lineup lineup) {
        return directory.of(service.application()).stream()
                .filter(like ->
                        like != service && like.raw(lineup.current()) != null && like.raw(lineup.other()) == null)
                .filter(like ->
                        like.key.equals(service.key) && !directory.staying(like).isEmpty())
                .findFirst()
                .map(like -> Problem.of(
                                NOT_SIDE_BY_SIDE,
                                service.application(),
                                "the service under " + service.name()
                                        + (like.scope.equals(service.scope)
                                                ? " has another interface class than before: the interface comes from another bundle now"
                                                : " has scope " + service.scope + " instead of " + like.scope)
                                        + ", and it is used by " + String.join(", ", directory.staying(like))
                                        + ", which stays")
                        .withHint("take its users into the release, or let the appup say restart_application"));
    }
}
