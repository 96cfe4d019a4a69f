// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivilegedAction;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history says who wanted something, when, and why. */
class WhoAndWhyTest {
    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.running("1.0.0", "ledger 1.0.0");
        two = world.unpack("2.0.0", "ledger 2.0.0");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private record RolePrincipal(String getName) implements Principal {}

    private record UserPrincipal(String getName) implements Principal {}

    private <T> T as(String user, PrivilegedAction<T> action) {
        Set<Principal> principals = new LinkedHashSet<>(List.of(new RolePrincipal("admin"), new UserPrincipal(user)));
        return Subject.doAs(new Subject(true, principals, Set.of(), Set.of()), action);
    }

    @Test
    void everyChangeKeepsWhoWhenAndWhy() {
        int before = world.handler.history().size();
        Instant begun = Instant.now();
        ReleaseHandler ann = world.handler.because("the shop asked for it");
        as("ann", () -> ann.install(two, InstallOptions.DEFAULT, Progress.SILENT));
        as("bob", () -> world.handler.because("prices are wrong").rollback(false, Progress.SILENT));
        as("ann", () -> ann.install(two, InstallOptions.DEFAULT, Progress.SILENT));
        as("cid", () -> world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT));
        world.handler.because("no room").remove(ReleaseId.parse("shop/1.0.0"));

        List<Report> history = world.handler.history();

        List<Report> done = history.subList(before, history.size());
        assertThat(done)
                .extracting(Report::operation, Report::who, Report::reason)
                .containsExactly(
                        Tuple.tuple("install", "ann", "the shop asked for it"),
                        Tuple.tuple("rollback", "bob", "prices are wrong"),
                        Tuple.tuple("install", "ann", "the shop asked for it"),
                        Tuple.tuple("make-permanent", "cid", ""),
                        Tuple.tuple("remove", "-", "no room"));
        assertThat(done).allSatisfy(report -> assertThat(report.at()).isBetween(begun, Instant.now()));
        world.restart();
        assertThat(world.handler.history()).isEqualTo(history);
    }

    @Test
    void anInterruptedInstallKeepsWhoAndWhyToo() {
        world.log.killAtCall(3);
        as("ann", () -> {
            try {
                return world.handler.because("a try").install(two, InstallOptions.DEFAULT, Progress.SILENT);
            } catch (IllegalStateException killed) {
                return killed;
            }
        });

        world.restart();

        assertThat(world.handler.history()).last().satisfies(report -> {
            assertThat(report.outcome()).isEqualTo(Report.Outcome.INTERRUPTED);
            assertThat(report.who()).isEqualTo("ann");
            assertThat(report.reason()).isEqualTo("a try");
        });
    }

    @Test
    void aJournalOfATimeWithoutReasonsIsRead() throws Exception {
        Path journal = folder.resolve("releases/journal.jsonl");
        world.handler.close();
        String former =
                "{\"seq\":9000,\"time\":\"2026-01-01T10:00:00Z\",\"kind\":\"begin\",\"data\":{\"number\":900,\"operation\":\"install\","
                        + "\"from\":\"shop/1.0.0\",\"to\":\"shop/2.0.0\",\"who\":\"ann\"}";
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(former.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        java.nio.file.Files.writeString(
                journal,
                former + ",\"crc\":\"" + String.format("%08x", crc.getValue()) + "\"}\n",
                java.nio.file.StandardOpenOption.APPEND);

        world.restart();

        assertThat(world.handler.history()).last().satisfies(report -> {
            assertThat(report.who()).isEqualTo("ann");
            assertThat(report.reason()).isEmpty();
        });
    }
}
