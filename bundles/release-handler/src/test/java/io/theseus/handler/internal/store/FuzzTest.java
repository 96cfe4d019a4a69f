// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.theseus.handler.internal.store.JournalEntry.Kind;
import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

/**
 * Files of the store, spoilt: what is left of a journal is read, the others are refused. As many as the system property
 * {@code fuzz.inputs} says, from {@code fuzz.seed} on; a failure names the seed of its input.
 */
class FuzzTest {
    private static final long MEMORY = 64_000_000;
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 3_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T10:00:00Z"), ZoneOffset.UTC);
    private static final ReleaseId ONE = ReleaseId.parse("shop/1.0.0");
    private static final ReleaseId TWO = ReleaseId.parse("shop/2.0.0");
    private static final List<String> WORDS = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\"x\"",
            "-1",
            "1.5",
            "1e999",
            "9".repeat(400),
            "9223372036854775807",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u0000",
            "\u0000",
            "\n",
            "\uFEFF",
            "number",
            "step",
            "\"end\"",
            "\"begin\"",
            "\"intent\"",
            "2026-01-01T10:00:00Z",
            "\"+1000000000-01-01T00:00:00Z\"",
            "shop/1.0.0",
            "[".repeat(2000),
            "{\"a\":".repeat(2000));

    @TempDir
    Path folder;

    private Path file;
    private String journal;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("journal.jsonl");
        Journal writer = new Journal(file, Disk.REAL, CLOCK);
        writer.write(Kind.BEGIN, ReportText.begin(1, "install", ONE, TWO, "karaf", ""), false);
        writer.write(Kind.INTENT, Map.of("number", 1L, "step", 1, "text", "install ledger \u00e4\u20ac"), false);
        writer.write(Kind.OUTCOME, Map.of("number", 1L, "step", 1, "took_us", 12), false);
        writer.write(Kind.END, ReportText.print(report()), false);
        writer.write(Kind.BEGIN, ReportText.begin(2, "rollback", TWO, ONE, "-", ""), false);
        writer.write(Kind.FAILURE, Map.of("number", 2L, "step", 1, "problem", "no"), false);
        writer.write(Kind.UNDO, Map.of("number", 2L, "step", 2, "text", "open gates"), false);
        journal = Files.readString(file);
    }

    private static Report report() {
        return new Report(
                1,
                "install",
                ONE,
                TWO,
                Report.Outcome.UNDONE,
                CLOCK.instant(),
                Duration.ofMillis(3),
                "karaf",
                "the shop asked for it",
                Map.of("switch_us", 3L),
                List.of(new Report.Line("load", Duration.ofNanos(3000))),
                List.of(new Problem("failed", "ledger", "it throws", "mend it")));
    }

    private static Release release() {
        return new Release(
                ONE,
                List.of(new BundleSpec(
                        "ledger", new Version(1, 0, 0), "mvn:a/b/1", "0".repeat(64), 80, BundleSpec.Role.LIBRARY)),
                Optional.of(new Features("mvn:a/shop/1/xml/features", List.of("shop/1.0.0"))));
    }

    @Test
    void ofASpoiltJournalTheRestIsRead() {
        each(3, (random, seed) -> {
            Files.write(file, spoilt(journal, random).getBytes(StandardCharsets.ISO_8859_1));
            told();
        });
    }

    /** With a checksum that is right: somebody edited it, or another version wrote it. */
    @Test
    void entriesThatSayNonsenseAreSkipped() {
        each(3, (random, seed) -> {
            List<String> lines = journal.lines().collect(Collectors.toList());
            int at = random.nextInt(lines.size());
            String open = lines.get(at).substring(0, lines.get(at).lastIndexOf(",\"crc\""));
            lines.set(at, summed(spoilt(open, random).replace("\n", " ")));
            Files.writeString(file, String.join("\n", lines) + "\n");
            told();
        });
    }

    @Test
    void spoiltRecordsOfReleasesAreRefused() {
        List<String> texts = List.of(
                ReleasesFile.print(
                        new Releases(List.of(new ReleaseInfo(release(), ReleaseStatus.PERMANENT, CLOCK.instant())))),
                ReleaseFile.print(release()));
        each(3, (random, seed) -> {
            int which = random.nextInt(texts.size());
            String text = spoilt(texts.get(which), random);
            try {
                Object read = which == 0 ? ReleasesFile.read(text) : ReleaseFile.read(text);
                assertThat(read).isNotNull();
            } catch (IOException | IllegalArgumentException | DateTimeException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }

    @Test
    void aSpoiltTrialIsTriedAtMostOnceAndNeverInTheWay() throws IOException {
        Path trial = folder.resolve("TRIAL");
        TrialFile trials = new TrialFile(folder, Disk.REAL);
        InstallOptions options =
                InstallOptions.DEFAULT.withBake(Duration.ofSeconds(30)).thenPermanent();
        trials.write(
                new Trial(ONE, TWO, 3, "karaf", "", options, List.of("sync_nodes: {id: x}"), List.of("ill"), false));
        String text = Files.readString(trial);
        each(6, (random, seed) -> {
            Files.write(trial, spoilt(text, random).getBytes(StandardCharsets.ISO_8859_1));
            trials.begin(ONE, TWO)
                    .ifPresent(begun ->
                            assertThat(begun.options().restartLimit().toNanos()).isNotNegative());
            assertThat(trials.begin(ONE, TWO)).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "1", "[]", "{}", "[null]", "\"x\"", "{\"format\":1,\"releases\":[null]}"})
    void whatIsNoRecordIsRefused(String text) {
        assertThatThrownBy(() -> ReleasesFile.read(text))
                .isInstanceOfAny(IOException.class, IllegalArgumentException.class)
                .hasMessageMatching("(?s).+");
        assertThatThrownBy(() -> ReleaseFile.read(text))
                .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
    }

    @Test
    void aRequestThatBeganWithNonsenseHidesNoOther() throws IOException {
        Files.writeString(file, journal.lines().limit(4).collect(Collectors.joining("\n")) + "\n");
        new Journal(file, Disk.REAL, CLOCK)
                .write(Kind.BEGIN, Map.of("number", 2L, "operation", "x", "from", "n o", "to", "-", "who", "-"), false);

        List<Report> history = History.of(Journal.read(file), ONE, 0);

        assertThat(history).extracting(Report::operation).containsExactly("install", "journal");
        assertThat(history.get(1).problems())
                .singleElement()
                .extracting(Problem::code)
                .isEqualTo("journal-corrupt");
    }

    private void told() {
        Journal.Contents contents = Journal.read(file);
        List<Report> history = History.of(contents, ONE, 0);
        assertThat(history).doesNotContainNull();
        assertThat(History.last(contents)).isGreaterThanOrEqualTo(Long.MIN_VALUE);
    }

    /** One input. */
    private interface Input {
        void read(Random random, long seed) throws IOException;
    }

    private static void each(int share, Input input) {
        for (long seed = SEED; seed < SEED + INPUTS / share; seed++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                input.read(new Random(seed), seed);
            } catch (IOException | RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("memory for seed %s", seed)
                    .isLessThan(MEMORY);
        }
    }

    private static String summed(String open) {
        CRC32 crc = new CRC32();
        crc.update(open.getBytes(StandardCharsets.UTF_8));
        return open + String.format(Locale.ROOT, ",\"crc\":\"%08x\"}", crc.getValue());
    }

    private static String spoilt(String text, Random random) {
        String result = text;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int from = random.nextInt(result.length() + 1);
            int to = Math.min(result.length(), from + random.nextInt(30));
            String word = WORDS.get(random.nextInt(WORDS.size()));
            result = switch (random.nextInt(6)) {
                case 0 -> result.substring(0, from) + result.substring(to);
                case 1 -> result.substring(0, from) + word + result.substring(from);
                case 2 -> result.substring(0, from) + word + result.substring(to);
                case 3 -> result.substring(0, from);
                case 4 -> value(result, from, word);
                default -> result.substring(0, to) + (char) random.nextInt(256) + result.substring(to);
            };
        }
        return result;
    }

    /** The value behind the next colon is another one: what is left still is JSON. */
    private static String value(String text, int from, String word) {
        int colon = text.indexOf("\":", from);
        if (colon < 0) {
            return text;
        }
        int end = Stream.of(text.indexOf(',', colon), text.indexOf('}', colon))
                .filter(i -> i > 0)
                .min(Integer::compare)
                .orElse(text.length());
        return text.substring(0, colon + 2) + word + text.substring(end);
    }
}
