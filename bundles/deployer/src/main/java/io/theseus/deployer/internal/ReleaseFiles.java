// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Content.Kar;
import io.theseus.deployer.internal.Deciding.Beside;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import java.io.IOException;
import java.nio.file.Path;
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
                .filter(known -> requests.known().release(known).isPresent())
                .orElseGet(() -> unpack(item));
        Optional<Problem> inside = inside(item, id);
        if (inside.isPresent()) {
            acting.remove(item.path(), id);
            return Optional.of(Answer.refused(inside.get()));
        }
        told.unpacked(item, id);
        unpacked.accept(new Brought(item, id));
        return Optional.empty();
    }

    private ReleaseId unpack(Item item) {
        ReleaseId id = item.content() instanceof Kar kar
                ? unpack(item, kar)
                : requests.unpack(item.path()).release().id();
        ours.add(id);
        return id;
    }

    private ReleaseId unpack(Item item, Kar kar) {
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
            return requests.unpack(item.path(), unpacked.at(releases.get(0)), unpacked.folder())
                    .release()
                    .id();
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
        waiting.release().filter(ours::remove).ifPresent(release -> acting.remove(path, release));
    }
}
