// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Answer.State;
import io.theseus.release.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers that were given, kept over restarts in a file: every start of the container reports every file again, and what was
 * dealt with once must not be dealt with twice. A file is known by its place and its content; when it was only moved, by its content
 * and its time stamp.
 *
 * <p>Thread safety: used by one thread.
 */
final class Answered {
    private static final Logger LOG = LoggerFactory.getLogger(Answered.class);
    private static final String HEAD = "# Theseus: files of deploy folders that were answered, format 1";
    private static final int KEPT_GONE = 200;
    private final Path file;
    private final Map<Path, Entry> entries = new LinkedHashMap<>();

    /** @param gone whether the file has been taken away since */
    record Entry(String sha256, long stamp, boolean gone, Answer answer) {}

    Answered(Path file) {
        this.file = file;
        read();
    }

    Optional<Entry> at(Path path) {
        return Optional.ofNullable(entries.get(path));
    }

    /** The answer that a file which is reported as new has had before. */
    Optional<Answer> find(Path path, String sha256, long stamp) {
        return at(path).filter(e ->
                        !e.gone() && e.sha256().equals(sha256) && e.answer().state() != State.STAYS)
                .or(() -> entries.values().stream()
                        .filter(e -> e.sha256().equals(sha256) && e.stamp() == stamp)
                        .filter(e -> e.answer().state() != State.STAYS)
                        .findFirst())
                .map(Entry::answer);
    }

    /** Whether an application was brought by files alone, of which one is there still, or went just now. */
    boolean holds(String application) {
        return entries.values().stream()
                .anyMatch(e -> !e.gone()
                        && e.answer().added().filter(application::equals).isPresent());
    }

    /** Files that had added an application and are not there any more. */
    Map<Path, Entry> missing() {
        Map<Path, Entry> result = new LinkedHashMap<>();
        entries.forEach((path, entry) -> {
            if (!entry.gone() && entry.answer().added().isPresent() && !Files.exists(path)) {
                result.put(path, entry);
            }
        });
        return result;
    }

    /** The release that this content brought before. */
    Optional<ReleaseId> release(String sha256) {
        return entries.values().stream()
                .filter(e -> e.sha256().equals(sha256))
                .flatMap(e -> e.answer().release().stream())
                .findFirst();
    }

    /** @throws IOException if it can not be written, and then it is not known */
    void put(Path path, String sha256, long stamp, Answer answer) throws IOException {
        Optional<Entry> before = at(path);
        Entry entry = new Entry(sha256, stamp, false, answer);
        if (before.filter(entry::equals).isEmpty()) {
            entries.remove(path);
            entries.put(path, entry);
            try {
                write();
            } catch (IOException e) {
                entries.remove(path);
                before.ifPresent(b -> entries.put(path, b));
                throw e;
            }
        }
    }

    /** A refused file that is taken away is forgotten: when it comes back, it is tried again. */
    void gone(Path path) {
        at(path).filter(e -> !e.gone()).ifPresent(e -> {
            entries.remove(path);
            if (e.answer().state() != State.REFUSED) {
                entries.put(path, new Entry(e.sha256(), e.stamp(), true, e.answer()));
            }
            save();
        });
    }

    void restore(Path path, Entry entry) {
        entries.put(path, entry);
        save();
    }

    void forget(Path path) {
        if (entries.remove(path) != null) {
            save();
        }
    }

    private void save() {
        try {
            write();
        } catch (IOException e) {
            LOG.error("{} can not be written: {}", file, e.getMessage());
        }
    }

    private void write() throws IOException {
        long tooMany = entries.values().stream().filter(Entry::gone).count() - KEPT_GONE;
        for (var old = entries.values().iterator(); tooMany > 0 && old.hasNext(); ) {
            if (old.next().gone()) {
                old.remove();
                tooMany--;
            }
        }
        String text = entries.entrySet().stream()
                .map(e -> line(e.getKey(), e.getValue()))
                .collect(Collectors.joining("\n", HEAD + "\n", "\n"));
        Replacing.write(file, text);
    }

    private static String line(Path path, Entry entry) {
        return String.join(
                "\t",
                entry.sha256(),
                Long.toString(entry.stamp()),
                entry.gone() ? "gone" : "there",
                entry.answer().state().name(),
                entry.answer().release().map(ReleaseId::toString).orElse("-")
                        + entry.answer().added().map(name -> "+" + name).orElse(""),
                path.toString().replaceAll("[\\t\\r\\n]", "?"),
                entry.answer().line().replace('\t', ' '));
    }

    private void read() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.startsWith("#")) {
                    read(line.split("\t", 7));
                }
            }
        } catch (IOException e) {
            LOG.error("{} can not be read, and files that were dealt with may be again: {}", file, e.getMessage());
        }
    }

    private void read(String[] fields) {
        try {
            String[] brought = fields[4].split("\\+", 2);
            Optional<ReleaseId> release =
                    brought[0].equals("-") ? Optional.empty() : Optional.of(ReleaseId.parse(brought[0]));
            Optional<String> added = brought.length > 1 ? Optional.of(brought[1]) : Optional.empty();
            Answer answer = new Answer(State.valueOf(fields[3]), release, added, fields[6].replace(" | ", "\n"));
            entries.put(
                    Path.of(fields[5]),
                    new Entry(fields[0], Long.parseLong(fields[1]), fields[2].equals("gone"), answer));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            LOG.warn("{}: a line can not be read and is left out: {}", file, String.join(" ", fields));
        }
    }
}
