// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.handler.internal.store.JournalEntry.Kind;
import io.theseus.release.Problem;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T10:00:00Z"), ZoneOffset.UTC);
    private static final ReleaseId ONE = ReleaseId.parse("shop/1.0.0");
    private static final ReleaseId TWO = ReleaseId.parse("shop/2.0.0");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("journal.jsonl");
    }

    private Journal open() {
        return new Journal(file(), Disk.REAL, CLOCK);
    }

    private void write() {
        Journal journal = open();
        journal.write(Kind.BEGIN, ReportText.begin(1, "install", ONE, TWO, "karaf", ""), true);
        journal.write(Kind.INTENT, Map.of("number", 1L, "step", 1, "text", "install ledger \u00e4\u20ac"), true);
        journal.write(Kind.OUTCOME, Map.of("number", 1L, "step", 1, "took_us", 12), false);
        journal.write(Kind.INTENT, Map.of("number", 1L, "step", 2, "text", "resolve"), true);
    }

    @Test
    void aLineIsReadableByPeopleAndMachines() throws Exception {
        write();

        assertThat(Files.readAllLines(file()).get(3))
                .matches("\\{\"seq\":4,\"time\":\"2026-01-01T10:00:00Z\",\"kind\":\"intent\",\"data\":\\{.*"
                        + "\"text\":\"resolve\".*\\},\"crc\":\"[0-9a-f]{8}\"\\}");
    }

    @Test
    void everyPrefixIsReadUpToTheLastCompleteLineAndCanBeContinued() throws Exception {
        write();
        byte[] all = Files.readAllBytes(file());
        for (int length = 0; length <= all.length; length++) {
            byte[] prefix = Arrays.copyOf(all, length);
            Files.write(file(), prefix);
            String text = new String(prefix, StandardCharsets.ISO_8859_1);
            long lines = text.chars().filter(c -> c == '\n').count();
            boolean whole = text.matches("(?s).*,\"crc\":\"[0-9a-f]{8}\"\\}");

            int entries = Journal.read(file()).entries().size();
            open().write(Kind.UNDO, Map.of("number", 1L, "step", 3, "text", "next"), false);
            Journal.Contents after = Journal.read(file());

            assertThat(entries).as("prefix %s", length).isEqualTo((int) lines + (whole ? 1 : 0));
            assertThat(after.entries()).hasSize(entries + 1).last().satisfies(e -> {
                assertThat(e.kind()).isEqualTo(Kind.UNDO);
                assertThat(e.seq()).isEqualTo(entries + 1);
            });
            boolean cut = !text.isEmpty() && !text.endsWith("\n") && !whole;
            assertThat(after.problems()).hasSize(cut ? 1 : 0);
        }
    }

    @Test
    void aBrokenLineInTheMiddleIsNamedAndHidesNothingElse() throws Exception {
        write();
        List<String> lines = Files.readAllLines(file());
        lines.set(1, lines.get(1).replace("ledger", "lodger"));
        Files.write(file(), lines);

        Journal.Contents contents = Journal.read(file());

        assertThat(contents.entries()).extracting(JournalEntry::seq).containsExactly(1L, 3L, 4L);
        assertThat(contents.problems()).singleElement().satisfies(p -> {
            assertThat(p.where()).endsWith("journal.jsonl:2");
            assertThat(p.text()).contains("checksum");
        });
    }

    @Test
    void aRequestWithoutAnEndWasInterruptedInItsLastStep() {
        write();

        List<Report> history = History.of(Journal.read(file()), ONE, 0);

        assertThat(history).singleElement().satisfies(report -> {
            assertThat(report.outcome()).isEqualTo(Report.Outcome.INTERRUPTED);
            assertThat(report.who()).isEqualTo("karaf");
            assertThat(report.steps())
                    .extracting(Report.Line::text)
                    .containsExactly("install ledger \u00e4\u20ac", "resolve");
            assertThat(report.problems())
                    .extracting(Problem::text)
                    .containsExactly("the container ended during: resolve");
        });
    }

    @Test
    void theRequestUnderWayIsNoHistoryYet() {
        write();

        assertThat(History.of(Journal.read(file()), ONE, 1)).isEmpty();
    }

    @Test
    void aReportIsReadAsItWasWritten() {
        Report report = new Report(
                7,
                "install",
                ONE,
                TWO,
                Report.Outcome.UNDONE,
                CLOCK.instant(),
                Duration.ofMillis(12),
                "karaf",
                "the shop asked for it",
                Map.of(Report.Figure.SWITCH_US, 3L, "big", 5_000_000_000L),
                List.of(new Report.Line("resolve", Duration.ofNanos(5000))),
                List.of(new Problem("not-quiet", "ledger", "still runs", "wait")));
        Journal journal = open();
        journal.write(Kind.BEGIN, ReportText.begin(7, "install", ONE, TWO, "karaf", ""), true);
        journal.write(Kind.END, ReportText.print(report), true);

        assertThat(History.of(Journal.read(file()), ONE, 0)).containsExactly(report);
        assertThat(History.last(journal.read())).isEqualTo(7);
    }

    private Journal small() {
        return new Journal(file(), Disk.REAL, CLOCK, 500);
    }

    private static void request(Journal journal, long number) {
        journal.write(Kind.BEGIN, ReportText.begin(number, "install", ONE, TWO, "karaf", ""), true);
        for (int step = 1; step < 5; step++) {
            journal.write(Kind.INTENT, Map.of("number", number, "step", step, "text", "step " + step), true);
        }
    }

    @Test
    void aLargeJournalIsPutAsideWhenARequestBeginsAndNothingIsForgotten() throws Exception {
        Journal journal = small();
        for (long number = 1; number <= 12; number++) {
            request(journal, number);
        }

        Journal again = small();

        assertThat(again.read().entries())
                .extracting(JournalEntry::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
        assertThat(History.of(again.read(), ONE, 0))
                .extracting(Report::number)
                .hasSize(12)
                .isSorted();
        assertThat(again.last().entries())
                .hasSize(5)
                .allMatch(e -> ((Number) e.data().get("number")).longValue() == 12);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()).sorted())
                    .hasSize(12)
                    .startsWith("journal-000001.jsonl", "journal-000002.jsonl")
                    .endsWith("journal-000011.jsonl", "journal.jsonl");
        }
    }

    /** In some languages digits are others, and a file that is not known by its name would be forgotten. */
    @Test
    void whatIsPutAsideIsFoundWhateverTheLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            Journal journal = small();
            request(journal, 1);
            request(journal, 2);

            assertThat(journal.read().entries()).hasSize(10);
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Killed just after it was put aside. */
    @Test
    void aJournalOfWhichAllIsPutAsideGoesOnWithItsNumbers() throws Exception {
        request(small(), 7);
        Files.move(file(), folder.resolve("journal-000003.jsonl"));

        Journal again = small();
        long last = History.last(again.last());
        request(again, 8);

        assertThat(last).isEqualTo(7);
        assertThat(again.read().entries())
                .extracting(JournalEntry::seq)
                .startsWith(1L)
                .endsWith(10L)
                .doesNotHaveDuplicates();
    }

    @Test
    void aJournalThatCanNotBePutAsideGoesOn() {
        Disk stuck = new Disk() {
            @Override
            public void move(Path from, Path to) throws IOException {
                throw new IOException("stuck");
            }
        };
        Journal journal = new Journal(file(), stuck, CLOCK, 500);

        request(journal, 1);
        request(journal, 2);

        assertThat(Journal.read(file()).entries()).hasSize(10);
    }
}
