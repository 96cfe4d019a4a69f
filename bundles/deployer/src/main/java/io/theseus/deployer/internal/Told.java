// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Answer.State;
import io.theseus.deployer.internal.Content.Foreign;
import io.theseus.deployer.internal.Content.Jar;
import io.theseus.deployer.internal.Deciding.Beside;
import io.theseus.deployer.internal.Policy.Refused;
import io.theseus.release.ReleaseId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every file its answer: a line in the log, a small file beside it when it is refused, a record for the next start. Knows all of
 * them since this one.
 *
 * <p>Thread safety: written by one thread, read by many.
 */
final class Told {
    private static final Logger LOG = LoggerFactory.getLogger("io.theseus.deployer");
    private final Map<Path, Entry> entries = new ConcurrentSkipListMap<>();
    private final Answered answered;
    private final Supplier<Policy> policy;

    Told(Answered answered, Supplier<Policy> policy) {
        this.answered = answered;
        this.policy = policy;
    }

    record Entry(Item item, Answer answer) {
        /** Whether the file went, and what it added is to go too. */
        boolean leaving() {
            return item.content() instanceof Foreign && answer.again();
        }
    }

    Optional<Entry> at(Path path) {
        return Optional.ofNullable(entries.get(path));
    }

    List<Entry> all() {
        return List.copyOf(entries.values());
    }

    /** Other files that bring a release of that name. */
    List<Beside> beside(Path path, ReleaseId release) {
        return others(path)
                .flatMap(e -> e.answer().release().stream()
                        .filter(id -> !(e.item().content() instanceof Jar))
                        .filter(id -> id.name().equals(release.name()))
                        .map(id -> new Beside(
                                e.item().name(), id.version(), e.item().sha256(), settled(e))))
                .toList();
    }

    /** Other files with that application. */
    List<Beside> beside(Path path, Jar jar) {
        return others(path)
                .flatMap(e -> e.item().content() instanceof Jar other
                                && other.symbolicName().equals(jar.symbolicName())
                        ? Stream.of(new Beside(
                                e.item().name(), other.version(), e.item().sha256(), settled(e)))
                        : Stream.empty())
                .toList();
    }

    private Stream<Entry> others(Path path) {
        return entries.values().stream()
                .filter(e -> e.answer().state() != State.REFUSED)
                .filter(e -> !e.item().path().equals(path));
    }

    private static boolean settled(Entry entry) {
        return !entry.answer().again();
    }

    /** For who asks meanwhile; it is not the answer. */
    void begin(Item item, Answer meanwhile) {
        Entry before = entries.get(item.path());
        if (before == null || !before.answer().again()) {
            entries.put(item.path(), new Entry(item, meanwhile));
        }
    }

    /** What a release file has brought is known from now on, over a restart too. */
    void unpacked(Item item, ReleaseId release) {
        boolean waits = at(item.path())
                .map(Entry::answer)
                .filter(before -> before.again() && before.release().equals(Optional.of(release)))
                .isPresent();
        if (!waits) {
            Answer meanwhile = Answer.waiting("release " + release + " is unpacked, and installed next or right now")
                    .of(Optional.of(release));
            entries.put(item.path(), new Entry(item, meanwhile));
            record(item, meanwhile);
        }
    }

    /** A file that is not there any more, and is dealt with all the same. */
    void leaves(Item item, Answer answer) {
        entries.put(item.path(), new Entry(item, answer));
        log(item, answer);
    }

    void tell(Item item, Answer answer) {
        Optional<Answer> before = at(item.path()).map(Entry::answer);
        entries.put(item.path(), new Entry(item, answer));
        if (before.filter(answer::equals).isEmpty() && !remembered(item, answer)) {
            log(item, answer);
        }
        if (answer.state() == State.REFUSED) {
            refused(item, answer);
        } else if (answer.state() == State.STAYS) {
            record(item, answer);
            RefusedFile.write(item.path(), answer);
        } else {
            // The record first: that the small file goes must not be taken for a wish to try again.
            record(item, answer);
            RefusedFile.remove(item.path());
        }
    }

    /** Removes all trace of a file that is not there any more, or is not ours. */
    void gone(Path path) {
        Entry entry = entries.remove(path);
        RefusedFile.remove(path);
        if (entry != null) {
            boolean nothing =
                    entry.answer().state() == State.REFUSED || entry.item().content() instanceof Foreign;
            String left = nothing ? "" : "; what it brought stays";
            LOG.info("{} is no longer there{}", path.getFileName(), left);
        }
    }

    private void refused(Item item, Answer answer) {
        if (policy.get().refused() == Refused.MOVE) {
            Optional<Path> moved = RefusedFile.move(item.path(), answer);
            if (moved.isPresent()) {
                LOG.info("{} was moved to {}", item.name(), moved.get());
                entries.remove(item.path());
                answered.forget(item.path());
                return;
            }
        }
        record(item, answer);
        RefusedFile.write(item.path(), answer);
    }

    // At a start most files get the answer that they had before.
    private boolean remembered(Item item, Answer answer) {
        return answered.at(item.path())
                .filter(e -> e.sha256().equals(item.sha256()) && e.answer().equals(answer))
                .isPresent();
    }

    private void record(Item item, Answer answer) {
        if (answer.state() == State.RUNNING
                || (answer.again() && answer.release().isEmpty())) {
            return;
        }
        try {
            answered.put(item.path(), item.sha256(), item.stamp(), answer);
        } catch (IOException e) {
            LOG.error(
                    "The answer to {} can not be recorded, and it may be dealt with again: {}",
                    item.name(),
                    e.getMessage());
        }
    }

    private static void log(Item item, Answer answer) {
        if (answer.state() == State.REFUSED || answer.state() == State.STAYS) {
            LOG.warn("{} was refused: {}", item.name(), answer.line());
        } else {
            LOG.info("{}: {}", item.name(), answer.line());
        }
    }
}
