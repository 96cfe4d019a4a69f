// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Operation;
import io.theseus.handler.internal.store.Whole;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code unpack} of a release whose id is known: the same one is known already, a snapshot that nobody needs is replaced by its next
 * build, and anything else is refused. Thread safety: used by the handler thread.
 */
final class UnpackingAgain {
    private final Container container;

    UnpackingAgain(Container container) {
        this.container = container;
    }

    /** @throws RefusedException {@code existing-release}, with every difference */
    ReleaseInfo unpack(Whole read, URI source, Operation operation) {
        ReleaseInfo known = container.releases().get(read.release().id());
        List<Problem> differences = Comparing.differences(whole(known.release()), read);
        if (differences.isEmpty()) {
            operation.told("known already, with the same content", Duration.ZERO);
            return known;
        }
        boolean removable = Transitions.allowed(known.status(), Transitions.Action.REMOVE);
        if (!removable || !known.release().id().snapshot()) {
            List<Problem> problems = new ArrayList<>();
            problems.add(existing(known, source, removable));
            problems.addAll(differences);
            throw new RefusedException(problems);
        }
        operation.told("in place of the build that was unpacked before", Duration.ZERO);
        differences.forEach(each -> operation.told(each.toString(), Duration.ZERO));
        return replace(read);
    }

    private static Problem existing(ReleaseInfo known, URI source, boolean removable) {
        ReleaseId id = known.release().id();
        return Problem.of(
                        "existing-release",
                        id.toString(),
                        "is known and " + Transitions.word(known.status()) + ", and " + source
                                + " has it with other content")
                .withHint(
                        removable
                                ? "give this one another version, or release:remove " + id + " first"
                                : "give this one another version; application:upgrade takes another build of a single bundle");
    }

    /** What the former one was is lost with the first write, so that whoever is killed leaves no mixture of both. */
    private ReleaseInfo replace(Whole read) {
        Release release = read.release();
        try {
            container.store.replace(
                    read, () -> container.save(container.releases().removed(release.id())));
            container.save(container.releases().with(release, ReleaseStatus.UNPACKED, container.clock.instant()));
            return container.releases().get(release.id());
        } catch (RefusedException e) {
            if (container.releases().find(release.id()).isPresent()) {
                throw e;
            }
            List<Problem> problems = new ArrayList<>(e.problems());
            problems.add(Problem.of(
                            "store",
                            release.id().toString(),
                            "is not known any more: its former build was to make room for this one")
                    .withHint("unpack it again"));
            throw new RefusedException(problems);
        }
    }

    private Whole whole(Release known) {
        Map<String, String> appups = new HashMap<>();
        for (BundleSpec bundle : known.bundles()) {
            container
                    .store
                    .appup(known.id(), bundle.symbolicName())
                    .ifPresent(text -> appups.put(bundle.symbolicName(), text));
        }
        return new Whole(known, Map.of(), Map.of(), appups, container.store.relup(known.id()));
    }
}
