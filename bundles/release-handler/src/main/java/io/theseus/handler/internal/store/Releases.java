// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every known release and its status. Exactly one is permanent. Immutable. */
public record Releases(List<ReleaseInfo> all) {
    private static final Comparator<ReleaseInfo> NEWEST_FIRST =
            Comparator.comparing((ReleaseInfo i) -> i.release().id()).reversed();

    public Releases {
        all = all.stream().sorted(NEWEST_FIRST).toList();
        long permanent =
                all.stream().filter(i -> i.status() == ReleaseStatus.PERMANENT).count();
        if (permanent != 1) {
            throw new IllegalArgumentException(permanent + " releases are permanent, one must be");
        }
    }

    public ReleaseInfo permanent() {
        return with(ReleaseStatus.PERMANENT).orElseThrow();
    }

    /** What runs: the current release, or the one that is tried, or the permanent one when there is no other. */
    public ReleaseInfo current() {
        return with(ReleaseStatus.CURRENT).or(this::tried).orElseGet(this::permanent);
    }

    /** The release that the container restarts into. */
    public Optional<ReleaseInfo> tried() {
        return with(ReleaseStatus.TMP_CURRENT);
    }

    public Optional<ReleaseInfo> find(ReleaseId id) {
        return all.stream().filter(i -> i.release().id().equals(id)).findFirst();
    }

    /** @throws RefusedException {@code no-such-release} */
    public ReleaseInfo get(ReleaseId id) {
        return find(id).orElseThrow(() -> noSuch(id.toString()));
    }

    /**
     * Finds by {@code name/version}, or by the version when one name has it.
     *
     * @throws RefusedException {@code no-such-release}, {@code ambiguous-release}
     */
    public ReleaseInfo find(String text) {
        List<ReleaseInfo> found = all.stream()
                .filter(i -> i.release().id().toString().equals(text)
                        || i.release().id().version().toString().equals(text))
                .toList();
        if (found.isEmpty()) {
            throw noSuch(text);
        }
        if (found.size() > 1) {
            throw new RefusedException(Problem.of("ambiguous-release", "", text + " is the version of " + names(found))
                    .withHint("name the release too, as in "
                            + found.get(0).release().id()));
        }
        return found.get(0);
    }

    /** With another status for a known release, or with a release more. */
    public Releases with(Release release, ReleaseStatus status, Instant since) {
        List<ReleaseInfo> next = new ArrayList<>(without(release.id()));
        next.add(new ReleaseInfo(release, status, since));
        return new Releases(next);
    }

    /** With {@code release} permanent and the former permanent one old. */
    public Releases withPermanent(Release release, Instant since) {
        List<ReleaseInfo> next = new ArrayList<>();
        for (ReleaseInfo info : without(release.id())) {
            next.add(
                    info.status() == ReleaseStatus.PERMANENT
                            ? new ReleaseInfo(info.release(), ReleaseStatus.OLD, since)
                            : info);
        }
        next.add(new ReleaseInfo(release, ReleaseStatus.PERMANENT, since));
        return new Releases(next);
    }

    public Releases removed(ReleaseId id) {
        return new Releases(without(id));
    }

    /** Symbolic names of the applications of all releases. */
    public Set<String> applications() {
        return all.stream()
                .flatMap(i -> i.release().applications().stream())
                .map(b -> b.symbolicName())
                .collect(Collectors.toSet());
    }

    private Optional<ReleaseInfo> with(ReleaseStatus status) {
        return all.stream().filter(i -> i.status() == status).findFirst();
    }

    private List<ReleaseInfo> without(ReleaseId id) {
        return all.stream().filter(i -> !i.release().id().equals(id)).toList();
    }

    private RefusedException noSuch(String text) {
        return new RefusedException(Problem.of("no-such-release", "", "release " + text + " is not known here")
                .withHint("known are " + names(all) + "; release:unpack brings others"));
    }

    private static String names(List<ReleaseInfo> infos) {
        return infos.stream().map(i -> i.release().id().toString()).collect(Collectors.joining(", "));
    }
}
