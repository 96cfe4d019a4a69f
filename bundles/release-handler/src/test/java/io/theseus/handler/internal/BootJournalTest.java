// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.handler.internal.store.Disk;
import io.theseus.handler.internal.store.Journal;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that was cut at any byte, and the container that starts with it: the journal decides nothing, it only tells. */
class BootJournalTest {
    private static final List<String> ONE = List.of("ledger 1.0.0", "pricing 1.0.0");

    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;
    private Path journal;
    private Path releases;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 2.0.0");
        journal = folder.resolve("releases/journal.jsonl");
        releases = folder.resolve("releases/RELEASES");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anInstallThatWasKilledIsRecoveredFromEveryPrefix() throws IOException {
        world.log.killAtCall(12);
        assertThatThrownBy(() -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT))
                .hasCauseInstanceOf(Log.Killed.class);

        recoverFromEveryPrefix();
    }

    @Test
    void aBakeThatWasKilledIsRecoveredFromEveryPrefix() throws IOException {
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        recoverFromEveryPrefix();
    }

    @Test
    void anInstallIsPossibleAfterACutWhereverItIs() throws IOException {
        byte[] all = Files.readAllBytes(journal);
        for (int length = all.length; length > all.length - 40; length -= 7) {
            Files.write(journal, Arrays.copyOf(all, length));

            world.restart();

            assertThat(world.handler
                            .install(two, InstallOptions.DEFAULT, Progress.SILENT)
                            .outcome())
                    .isEqualTo(Outcome.DONE);
            world.handler.rollback(false, Progress.SILENT);
            assertThat(world.handler.history())
                    .last()
                    .satisfies(report -> assertThat(report.operation()).isEqualTo("rollback"));
        }
    }

    @Test
    void aJournalThatIsGoneOrIsNoneHindersNobody() throws IOException {
        Files.write(journal, new byte[] {0, (byte) 0xff, '\n', '{', '}'});
        world.restart();
        assertThat(world.handler.history())
                .flatExtracting(Report::problems)
                .extracting(Problem::code)
                .contains("journal-corrupt");

        Files.delete(journal);
        world.restart();

        assertThat(world.handler.history()).isEmpty();
        assertThat(world.code.active()).isEqualTo(ONE);
        assertThat(world.handler.releases()).hasSize(3);
    }

    private void recoverFromEveryPrefix() throws IOException {
        byte[] written = Files.readAllBytes(journal);
        byte[] recorded = Files.readAllBytes(releases);
        Map<Long, Installed> bundles = Map.copyOf(world.code.bundles);
        for (int length : lengths(written)) {
            byte[] prefix = Arrays.copyOf(written, length);
            world.handler.close();
            Files.write(journal, prefix);
            Files.write(releases, recorded);
            world.code.bundles.clear();
            world.code.bundles.putAll(bundles);

            world.restart();

            String cut = "cut at byte " + length;
            assertThat(world.code.active()).as(cut).isEqualTo(ONE);
            assertThat(world.code.bundles).as(cut).hasSize(2);
            assertThat(world.handler.find("1.0.0").status()).as(cut).isEqualTo(ReleaseStatus.PERMANENT);
            assertThat(world.handler.find("2.0.0").status()).as(cut).isEqualTo(ReleaseStatus.UNPACKED);
            assertThat(Arrays.copyOf(Files.readAllBytes(journal), length))
                    .as(cut)
                    .isEqualTo(prefix);
            assertTold(prefix, cut);
        }
    }

    /** The line that was cut is named, if there is one; what was under way is there as interrupted. */
    private void assertTold(byte[] prefix, String cut) {
        List<Report> history = world.handler.history();
        Journal.Contents contents = new Journal(journal, Disk.REAL, Clock.systemUTC()).read();
        boolean whole = prefix.length == 0
                || prefix[prefix.length - 1] == '\n'
                || prefix[prefix.length - 1] == '}' && contents.problems().isEmpty();
        assertThat(contents.problems()).as(cut).hasSize(whole ? 0 : 1);
        assertThat(history.stream()
                        .flatMap(r -> r.problems().stream())
                        .filter(p -> p.code().equals("journal-corrupt")))
                .as(cut)
                .hasSameSizeAs(contents.problems());
        long begun = contents.entries().stream()
                .filter(e -> e.kind() == io.theseus.handler.internal.store.JournalEntry.Kind.BEGIN)
                .count();
        assertThat(history.stream().filter(r -> r.number() > 0).count()).as(cut).isEqualTo(begun);
    }

    /** Every byte of the last three lines, and of the others the borders of each line and what lies in the middle. */
    private static List<Integer> lengths(byte[] journal) {
        List<Integer> ends = IntStream.range(0, journal.length)
                .filter(i -> journal[i] == '\n')
                .map(i -> i + 1)
                .boxed()
                .toList();
        int tail = ends.get(ends.size() - 4);
        IntStream borders =
                ends.stream().mapToInt(end -> end).flatMap(end -> IntStream.of(end - 60, end - 1, end, end + 1));
        return IntStream.concat(
                        IntStream.concat(IntStream.of(0, 1), borders), IntStream.rangeClosed(tail, journal.length))
                .filter(length -> length >= 0 && length <= journal.length)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }
}
