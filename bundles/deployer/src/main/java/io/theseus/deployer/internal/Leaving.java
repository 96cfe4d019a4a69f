// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Answer.State;
import io.theseus.deployer.internal.Content.Jar;
import io.theseus.deployer.internal.Content.Unreadable;
import io.theseus.deployer.internal.Policy.Removal;
import io.theseus.deployer.internal.Told.Entry;
import io.theseus.release.BundleSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Files that were taken away: an application that only files have brought goes with the last one of them. What a release or a command has
 * brought stays.
 *
 * <p>Thread safety: used by one thread.
 */
final class Leaving {
    private static final String SOON = "goes in a moment";

    private final Requests requests;
    private final Answered answered;
    private final Acting acting;
    private final Told told;
    private final Quiet quiet;
    private final InstantSource clock;
    private final Supplier<Policy> policy;

    Leaving(
            Requests requests,
            Answered answered,
            Acting acting,
            Told told,
            Quiet quiet,
            InstantSource clock,
            Supplier<Policy> policy) {
        this.clock = clock;
        this.requests = requests;
        this.answered = answered;
        this.acting = acting;
        this.told = told;
        this.quiet = quiet;
        this.policy = policy;
    }

    /**
     * Whether a file that is not there any more, or something else by now, had added an application; that is dealt with from now on.
     *
     * @param asked whether somebody wants it tried again
     */
    boolean begins(Path path, boolean asked) {
        Optional<Entry> before = told.at(path);
        if (before.filter(e -> e.leaving() || (e.answer().state() == State.STAYS && !asked))
                .isPresent()) {
            return true;
        }
        Optional<Answered.Entry> record = answered.at(path)
                .filter(e -> !e.gone() && e.answer().added().isPresent())
                .filter(e -> policy.get().removal() == Removal.APPLICATION);
        record.ifPresent(e -> {
            String application = e.answer().added().orElseThrow();
            Answer meanwhile = before.map(Entry::answer)
                    .filter(last -> last.state() == State.RUNNING)
                    .map(last -> last.adding(application))
                    .orElseGet(() -> goes(application, SOON));
            told.leaves(Item.gone(path, e.sha256(), clock.millis()), meanwhile);
        });
        return record.isPresent();
    }

    private static Answer goes(String application, String when) {
        return Answer.waiting("was taken away; " + application + " " + when).adding(application);
    }

    /** Takes out what can go by now, all in one step. */
    void deal() {
        List<Wanted> group = new ArrayList<>();
        told.all().stream()
                .filter(Entry::leaving)
                .forEach(entry -> Folder.attempt(entry.item(), () -> look(entry, group))
                        .ifPresent(answer -> told.tell(entry.item(), answer.adding(application(entry)))));
        remove(group);
    }

    private static String application(Entry entry) {
        return entry.answer().added().orElseThrow();
    }

    /** The answer; none if it goes now, or is forgotten. */
    private Optional<Answer> look(Entry entry, List<Wanted> group) {
        Path path = entry.item().path();
        String application = application(entry);
        if (entry.answer().state() == State.RUNNING) {
            Answer next = acting.makePermanent(path, entry.answer(), policy.get());
            return Optional.of(
                    switch (next.state()) {
                        case DONE -> goes(application, SOON);
                        case REFUSED -> next.staying(application);
                        default -> next;
                    });
        }
        Known known = requests.known();
        if (known.application(application).filter(this::brought).isEmpty() || held(path, application)) {
            // It went another way, or a release has brought it meanwhile, or another file has it.
            forget(path);
            return Optional.empty();
        }
        if (answered.at(path).filter(e -> e.answer().state() == State.BEGUN).isPresent()) {
            return Optional.of(new Answer(
                    State.STAYS, Optional.empty(), "the container ended while it was taken out; see release:history"));
        }
        Optional<String> why = waits(path.toAbsolutePath().resolveSibling(""), application);
        if (why.isPresent()) {
            return Optional.of(goes(application, why.get()));
        } else if (!quiet.reached(entry.item(), true)) {
            return Optional.of(goes(application, SOON));
        } else if (known.baking().isPresent()) {
            return Optional.of(goes(
                    application, "goes when release " + known.baking().get().id() + " is permanent or rolled back"));
        }
        group.add(new Wanted(entry.item(), Wanted.Step.REMOVE, application));
        return Optional.empty();
    }

    private boolean brought(BundleSpec bundle) {
        return acting.brought(bundle.location());
    }

    /** Whether another file, that has its answer, has the application in it. */
    private boolean held(Path path, String application) {
        return told.all().stream()
                .filter(e -> !e.item().path().equals(path) && !e.leaving())
                .anyMatch(e -> e.answer().added().filter(application::equals).isPresent()
                        && e.answer().state() != State.STAYS);
    }

    /** What is in the folder and was not told of yet may be its successor, or become it. */
    private Optional<String> waits(Path folder, String application) {
        if (!Files.isDirectory(folder)) {
            return Optional.of("stays while the folder is not there");
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Leaving::jar).toList()) {
                Content content = Contents.of(file);
                if (content instanceof Jar jar && jar.symbolicName().equals(application)) {
                    return Optional.of("stays while " + file.getFileName() + " has it too");
                } else if (content instanceof Unreadable && !quiet.reached(Item.of(file), false)) {
                    return Optional.of("goes when it is seen what " + file.getFileName() + " is");
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("stays while the folder can not be read: " + e.getMessage());
        }
    }

    private static boolean jar(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jar") || name.endsWith(".war");
    }

    private void remove(List<Wanted> group) {
        if (group.isEmpty()) {
            return;
        }
        Answer answer = Folder.attempt(group.get(0).item(), () -> Optional.of(acting.change(group, policy.get())))
                .orElseThrow();
        if (Together.splits(group, answer)) {
            Together.parts(group, answer).forEach(this::remove);
        } else {
            group.forEach(wanted -> tell(wanted, answer));
        }
    }

    private void tell(Wanted wanted, Answer answer) {
        Path path = wanted.item().path();
        switch (answer.state()) {
            case DONE -> {
                told.tell(wanted.item(), answer);
                forget(path);
            }
            case REFUSED -> told.tell(wanted.item(), answer.staying(wanted.application()));
            case WAITING -> told.tell(wanted.item(), goes(wanted.application(), "can not go yet: " + answer.text()));
            default -> told.tell(wanted.item(), answer.adding(wanted.application()));
        }
    }

    /** When it comes back it is new. */
    private void forget(Path path) {
        quiet.forget(path);
        answered.forget(path);
        told.gone(path);
    }
}
