// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Answer.State;
import io.theseus.deployer.internal.Content.Foreign;
import io.theseus.deployer.internal.Content.Jar;
import io.theseus.deployer.internal.Content.ReleaseYaml;
import io.theseus.deployer.internal.Content.Unreadable;
import io.theseus.deployer.internal.ReleaseFiles.Brought;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with what has come in, in rounds: first what went, then releases, then single applications; of each name the highest version
 * first.
 *
 * <p>Thread safety: used by one thread; what was told may be read by any.
 */
final class Folder {
    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

    private final Requests requests;
    private final Answered answered;
    private final Acting acting;
    private final Told told;
    private final Quiet quiet;
    private final Supplier<Policy> policy;
    private final ReleaseFiles releases;
    private final Applications applications;
    private final Leaving leaving;

    Folder(
            Requests requests,
            Answered answered,
            Acting acting,
            Staging staging,
            Told told,
            Quiet quiet,
            Leaving leaving,
            Supplier<Policy> policy) {
        this.requests = requests;
        this.answered = answered;
        this.acting = acting;
        this.told = told;
        this.quiet = quiet;
        this.policy = policy;
        this.releases = new ReleaseFiles(requests, answered, acting, staging, told, policy);
        this.applications = new Applications(requests, answered, acting, told, policy);
        this.leaving = leaving;
    }

    /** How a file came to be looked at. */
    enum How {
        /** Reported as new: as every file is when the container starts. */
        NEW,
        /** Reported as changed, or asked for: dealt with whatever was answered before. */
        CHANGED,
        GONE,
        /** It waits. */
        AGAIN
    }

    void round(SortedMap<Path, How> arrivals) {
        arrivals.forEach((path, how) -> {
            if (how == How.GONE || !Files.exists(path)) {
                gone(path, how == How.CHANGED);
            }
        });
        List<Item> todo = arrivals.entrySet().stream()
                .filter(e -> e.getValue() != How.GONE && Files.exists(e.getKey()))
                .flatMap(e -> look(e.getKey(), e.getValue()).stream())
                .toList();
        todo.forEach(item -> told.begin(item, Answer.waiting("is dealt with")));
        List<Brought> brought = todo.stream()
                .filter(item -> !(item.content() instanceof Jar))
                .flatMap(item -> unpack(item).stream())
                .sorted(Comparator.comparing((Brought b) -> b.release().name())
                        .thenComparing(b -> b.release().version(), Comparator.reverseOrder()))
                .toList();
        brought.forEach(b -> deal(b.item(), () -> releases.deal(b)));
        applications.deal(todo);
        leaving.deal();
    }

    /** The file, if there is something to do with it. */
    private Optional<Item> look(Path path, How how) {
        Item item = told.at(path)
                .map(Told.Entry::item)
                .filter(before -> how == How.AGAIN && before.unchanged())
                .orElseGet(() -> Item.of(path));
        if (item.content() instanceof Foreign) {
            gone(path, false);
            return Optional.empty();
        }
        Optional<Answer> before = how == How.NEW
                ? answered.find(path, item.sha256(), item.stamp()).filter(a -> a.state() != State.WAITING)
                : Optional.empty();
        Optional<Answer> last = told.at(path).map(Told.Entry::answer);
        if (before.isPresent()) {
            deal(item, () -> again(item, before.get()));
        } else if (how == How.AGAIN
                && last.filter(a -> a.state() == State.RUNNING).isPresent()) {
            deal(item, () -> acting.makePermanent(path, last.get(), policy.get()));
        } else if (item.content() instanceof Unreadable unreadable) {
            deal(
                    item,
                    () -> Answer.refused(Problem.of("unreadable", item.name(), unreadable.why())
                            .withHint("if it is still being copied, wait; else copy it again")));
        } else if (item.content() instanceof ReleaseYaml yaml && !quiet.reached(item, yaml.ended())) {
            deal(item, () -> Answer.waiting("is looked at when nobody has written to it for a moment"));
        } else {
            return Optional.of(item);
        }
        return Optional.empty();
    }

    /** What was answered stays answered; only what was begun must be looked into. */
    private Answer again(Item item, Answer before) {
        Known known = requests.known();
        if (before.state() == State.BY_HAND) {
            // What was not permanent is only unpacked after a restart.
            return before.release()
                    .flatMap(known::release)
                    .filter(r -> r.status() == ReleaseStatus.UNPACKED)
                    .map(r -> Deciding.byHand(r.release().id()))
                    .map(decision -> Answer.of(decision).of(before.release()))
                    .orElse(before);
        } else if (before.state() != State.BEGUN) {
            return before;
        }
        boolean runs = before.release()
                        .flatMap(known::release)
                        .filter(r -> r.status() != ReleaseStatus.UNPACKED)
                        .isPresent()
                || (item.content() instanceof Jar jar
                        && Deciding.of(jar, item.sha256(), known, List.of(), policy.get()) instanceof Decision.Leave);
        return runs
                ? new Answer(State.DONE, before.release(), before.added(), "was installed when the container ended")
                : Answer.refused(Problem.of("interrupted", item.name(), before.text())
                                .withHint("see release:history; touch the file to try again"))
                        .of(before.release());
    }

    private Optional<Brought> unpack(Item item) {
        List<Brought> result = new ArrayList<>();
        attempt(item, () -> releases.unpack(item, result::add)).ifPresent(answer -> told.tell(item, answer));
        return result.stream().findFirst();
    }

    private void deal(Item item, Supplier<Answer> dealing) {
        attempt(item, () -> Optional.of(dealing.get())).ifPresent(answer -> told.tell(item, answer));
    }

    static Optional<Answer> attempt(Item item, Supplier<Optional<Answer>> dealing) {
        try {
            return dealing.get();
        } catch (RefusedException e) {
            return Optional.of(Answer.of(e));
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("{} could not be dealt with", item.name(), e);
            return Optional.of(Answer.refused(Problem.of("failed", item.name(), "could not be dealt with: " + e)
                    .withHint("see the log and release:history")));
        }
    }

    /** @param asked whether somebody wants it tried again */
    private void gone(Path path, boolean asked) {
        if (leaving.begins(path, asked)) {
            return;
        }
        quiet.forget(path);
        told.at(path).filter(e -> e.answer().state() == State.WAITING).ifPresent(e -> releases.gone(path, e.answer()));
        answered.gone(path);
        told.gone(path);
    }
}
