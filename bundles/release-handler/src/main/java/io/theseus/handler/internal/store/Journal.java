// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of everything that was done: {@code journal.jsonl}, one line an entry, only ever added to. An intent before
 * and an outcome after every step, so that one file tells what a kill interrupted.
 *
 * <p>When a request begins and the file has grown large, it is put aside as {@code journal-NNNNNN.jsonl} and a new one begins: a start of
 * the container reads the last one only, however long its history is. A request is never divided.
 *
 * <p>A line that is no entry hides nothing else: it is skipped and named in {@link Contents#problems}. Of a last line
 * that was cut the rest is left where it is; the next entry begins on a line of its own.
 *
 * <p>Thread safety: written by one thread at a time, read by any.
 */
public final class Journal implements Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long LARGE = 1_000_000;
    private static final Pattern ASIDE = Pattern.compile("journal-\\d{6}\\.jsonl");
    private final Path file;
    private final Disk disk;
    private final Clock clock;
    private final long large;
    private long next;
    private boolean cut;

    /** Opens a journal; {@link #last} first says what is in it. */
    public Journal(Path file, Disk disk, Clock clock) {
        this(file, disk, clock, LARGE);
    }

    /** @param large bytes; from there on the file is put aside when a request begins */
    Journal(Path file, Disk disk, Clock clock, long large) {
        this.file = file;
        this.disk = disk;
        this.clock = clock;
        this.large = large;
        Contents contents = last();
        this.next =
                contents.entries().stream().mapToLong(JournalEntry::seq).max().orElse(0) + 1;
        this.cut = contents.cut();
    }

    /** What a journal holds. */
    public record Contents(List<JournalEntry> entries, List<Problem> problems, boolean cut) {
        public Contents {
            entries = List.copyOf(entries);
            problems = List.copyOf(problems);
        }
    }

    /** Everything, oldest first. */
    public synchronized Contents read() {
        List<JournalEntry> entries = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path each : aside()) {
            Contents contents = read(each);
            entries.addAll(contents.entries());
            problems.addAll(contents.problems());
        }
        Contents contents = read(file);
        entries.addAll(contents.entries());
        problems.addAll(contents.problems());
        return new Contents(entries, problems, contents.cut());
    }

    /** The last file that says anything: all requests that can have been interrupted are in it. */
    public Contents last() {
        Contents contents = read(file);
        List<Path> aside = aside();
        if (!contents.entries().isEmpty() || aside.isEmpty()) {
            return contents;
        }
        Contents before = read(aside.get(aside.size() - 1));
        return new Contents(before.entries(), contents.problems(), contents.cut());
    }

    @Override
    public void write(JournalEntry.Kind kind, Map<String, Object> data, boolean force) {
        if (kind == JournalEntry.Kind.BEGIN) {
            putAside();
        }
        String line = JournalLine.print(new JournalEntry(next, clock.instant(), kind, data)) + "\n";
        try {
            disk.append(file, ((cut ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8), force);
        } catch (IOException e) {
            // Part of the line may have got out: the next one must not be glued to it.
            cut = true;
            throw new RefusedException(Problem.of("journal", file.toString(), "can not be written: " + e.getMessage())
                    .withHint("make room or make it writable; nothing is changed until then"));
        }
        cut = false;
        next++;
    }

    /** Ends a request that was interrupted, once: a later interruption is told apart from it. */
    public void close(Report interrupted) {
        boolean ended = last().entries().stream()
                .anyMatch(e -> e.kind() == JournalEntry.Kind.END
                        && Long.valueOf(interrupted.number()).equals(number(e)));
        if (!ended) {
            write(JournalEntry.Kind.END, ReportText.print(interrupted), true);
        }
    }

    private synchronized void putAside() {
        try {
            if (Files.exists(file) && Files.size(file) >= large) {
                List<Path> aside = aside();
                String last = aside.isEmpty()
                        ? "0"
                        : aside.get(aside.size() - 1).getFileName().toString().replaceAll("[^0-9]", "");
                disk.move(
                        file,
                        file.resolveSibling(
                                String.format(Locale.ROOT, "journal-%06d.jsonl", Integer.parseInt(last) + 1)));
                cut = false;
            }
        } catch (IOException e) {
            // It serves as it is, however large.
            LOG.warn("The journal {} can not be put aside and goes on growing: {}", file, e.toString());
        }
    }

    /** The files that were put aside, oldest first. */
    private List<Path> aside() {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            each -> ASIDE.matcher(each.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new RefusedException(
                    Problem.of("journal", folder.toString(), "can not be listed: " + e.getMessage()));
        }
    }

    private static Long number(JournalEntry entry) {
        return entry.data().get("number") instanceof Number number ? number.longValue() : -1L;
    }

    static Contents read(Path file) {
        if (!Files.exists(file)) {
            return new Contents(List.of(), List.of(), false);
        }
        try {
            return parse(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new RefusedException(Problem.of("journal", file.toString(), "can not be read: " + e.getMessage()));
        }
    }

    // Read as Latin-1 first, since a cut line may end inside a UTF-8 sequence.
    private static Contents parse(String name, String latin) {
        List<JournalEntry> entries = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        int number = 0;
        for (int start = 0; start < latin.length(); ) {
            number++;
            int end = latin.indexOf('\n', start);
            boolean last = end < 0;
            String line = last ? latin.substring(start) : latin.substring(start, end);
            try {
                entries.add(JournalLine.read(
                        new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException e) {
                if (!line.isEmpty()) {
                    problems.add(new Problem(
                            "journal-corrupt", name + ":" + number, "the line was skipped: " + e.getMessage(), ""));
                }
            }
            if (last) {
                return new Contents(entries, problems, true);
            }
            start = end + 1;
        }
        return new Contents(entries, problems, false);
    }
}
