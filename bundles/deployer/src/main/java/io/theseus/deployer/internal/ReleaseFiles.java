// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Content.Kar;
import io.theseus.deployer.internal.Deciding.Beside;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Files that bring releases. All of a round are unpacked before any is installed: only then their versions are known.
 *
 * <p>Thread safety: used by one thread.
 */
final class ReleaseFiles {
    private final Requests requests;
    private final Answered answered;
    private final Acting acting;
    private final Staging staging;
    private final Told told;
    private final Supplier<Policy> policy;
    /** Releases that nobody knew before a file brought them, until that is settled. */
    private final Set<ReleaseId> ours = new HashSet<>();
    /** By the digest of a file what it brought, as it was then: the next build of a snapshot takes the place of the last. */
    private final Map<String, Release> read = new HashMap<>();

    ReleaseFiles(
            Requests requests, Answered answered, Acting acting, Staging staging, Told told, Supplier<Policy> policy) {
        this.staging = staging;
        this.requests = requests;
        this.answered = answered;
        this.acting = acting;
        this.told = told;
        this.policy = policy;
    }

    record Brought(Item item, ReleaseId release) {}

    /** @return the answer, if it is the last one */
    Optional<Answer> unpack(Item item, Consumer<Brought> unpacked) {
        ReleaseId id = answered.release(item.sha256())
                .filter(known -> still(item, known))
                .orElseGet(() -> unpack(item));
        Optional<Problem> inside = inside(item, id);
        if (inside.isPresent()) {
            remove(item.path(), id);
            return Optional.of(Answer.refused(inside.get()));
        }
        told.unpacked(item, id);
        unpacked.accept(new Brought(item, id));
        return Optional.empty();
    }

    /** Whether a release is what this file has brought, or would bring. */
    private boolean still(Item item, ReleaseId id) {
        Optional<Release> known = requests.known().release(id).map(ReleaseInfo::release);
        return Optional.ofNullable(read.get(item.sha256()))
                .map(brought -> known.filter(brought::equals).isPresent())
                .orElseGet(() -> known.isPresent() && !id.snapshot());
    }

    private ReleaseId unpack(Item item) {
        Known before = requests.known();
        ReleaseInfo info = item.content() instanceof Kar kar ? unpack(item, kar) : requests.unpack(item.path());
        ReleaseId id = info.release().id();
        read.put(item.sha256(), info.release());
        Optional<ReleaseInfo> former = before.release(id);
        if (former.filter(info::equals).isEmpty()) {
            ours.add(id);
            former.flatMap(any -> rival(item, id)).ifPresent(rival -> {
                remove(item.path(), id);
                throw new RefusedException(rival);
            });
        }
        return id;
    }

    /** Which of two builds is the newer one nobody can tell. The other one is read again. */
    private Optional<Problem> rival(Item item, ReleaseId id) {
        return told.beside(item.path(), id).stream()
                .filter(b -> b.version().equals(id.version()) && !b.settled())
                .findFirst()
                .map(b -> Problem.of(
                                "same-version-other-content",
                                item.name(),
                                b.file() + " beside it has another build of release " + id)
                        .withHint("keep one of the two, and touch it"));
    }

    private ReleaseInfo unpack(Item item, Kar kar) {
        Known known = requests.known();
        List<String> releases = kar.repositories().entrySet().stream()
                .filter(e -> Claims.ours(e.getValue(), known))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (releases.size() != 1) {
            throw new RefusedException(Problem.of(
                            "several-releases",
                            item.name(),
                            "has several releases in it: " + String.join(", ", releases))
                    .withHint("put each into an archive of its own"));
        }
        if (kar.resources()) {
            throw new RefusedException(Problem.of(
                            "kar-resources",
                            item.name(),
                            "brings files for the container's folder under resource/, which no release can take back")
                    .withHint("leave them out, and put them there by hand"));
        }
        try (Karred unpacked = staging.unpack(item.path())) {
            return requests.unpack(item.path(), unpacked.at(releases.get(0)), unpacked.folder());
        } catch (IOException e) {
            throw new RefusedException(Problem.of("unreadable", item.name(), "can not be unpacked: " + e.getMessage())
                    .withHint("copy it again, or make room"));
        }
    }

    private Optional<Problem> inside(Item item, ReleaseId id) {
        String folder =
                slashes(item.path().toAbsolutePath().resolveSibling("").toUri().toString());
        return requests.known().release(id).stream()
                .flatMap(r -> r.release().bundles().stream())
                .filter(b -> slashes(b.location()).startsWith(folder))
                .findFirst()
                .map(b -> Problem.of(
                                "in-deploy-folder",
                                item.name(),
                                b.location() + " lies in the deploy folder itself, and would be deployed by itself")
                        .withHint("put the bundles of a release elsewhere, or into a Maven repository"));
    }

    private static String slashes(String url) {
        return url.replaceFirst("^file:/+", "file:/");
    }

    Answer deal(Brought brought) {
        ReleaseId id = brought.release();
        if (!still(brought.item(), id)) {
            return Answer.waiting("is read again, as release " + id + " is another build by now");
        }
        List<Beside> beside = told.beside(brought.item().path(), id);
        Decision decision = Deciding.of(id, requests.known(), beside, policy.get());
        Answer answer = decision instanceof Decision.Install
                ? acting.install(brought.item(), id, ours.contains(id), policy.get())
                : Answer.of(decision);
        if (!answer.again()) {
            ours.remove(id);
        }
        return answer.of(Optional.of(id));
    }

    /** What a file had brought that waited: nobody asks for it any more. */
    void gone(Path path, Answer waiting) {
        waiting.release().ifPresent(release -> remove(path, release));
    }

    /** What was known before stays. */
    private void remove(Path path, ReleaseId release) {
        if (ours.remove(release)) {
            acting.remove(path, release);
        }
    }
}
